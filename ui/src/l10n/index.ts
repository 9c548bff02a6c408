export { clock } from "./format";
export { type Args, currentLanguage, fileSize, megabytes, setLanguage, t, tProblem } from "./words.svelte";
