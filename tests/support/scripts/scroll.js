// Scrolls through the whole list, a step a frame. Arguments: how many steps; the end.
const [steps, done] = arguments;
const list = document.querySelector(".scroll");
let [step, tiles, elements] = [0, 0, 0];
const next = () => {
  list.scrollTop = ((list.scrollHeight - list.clientHeight) * step) / steps;
  tiles = Math.max(tiles, list.querySelectorAll(".tile").length);
  elements = Math.max(elements, list.querySelectorAll("*").length);
  step += 1;
  if (step <= steps) requestAnimationFrame(next);
  else done([tiles, elements]);
};
requestAnimationFrame(next);
