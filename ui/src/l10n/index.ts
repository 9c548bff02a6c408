export { clock } from "./format";
export { type Args, currentLanguage, fileSize, setLanguage, sizeWithin, t, tProblem } from "./words.svelte";
