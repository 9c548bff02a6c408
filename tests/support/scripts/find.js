// Finds what a person sees by its role and its name. Arguments: role, a part of the name, where to look.
const [role, wanted, region] = arguments;
const roles = {
  button: "button, [role=button], summary, [role=radio], [role=tab], [role^=menuitem], label:has(input[type=radio]), label:has([role=switch])",
  link: "a[href], [role=link]",
  field: "input:not([type=hidden]), textarea, select, [role=combobox], [role=switch], [role=checkbox]",
  item: "[role=option], [role=gridcell], [role=row], [role=listitem], li",
  text: "*",
};
const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const shown = (node) => {
  const box = node.getBoundingClientRect();
  const hidden = getComputedStyle(node).visibility === "hidden" || node.closest("[inert], [hidden]");
  return box.width > 0 && box.height > 0 && !hidden;
};
const names = (node) => {
  const ids = (node.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const labels = [...(node.labels ?? []), ...ids.map((id) => document.getElementById(id))];
  const texts = labels.map((label) => label?.textContent);
  if (role !== "field") texts.push(node.textContent);
  texts.push(...["aria-label", "title", "placeholder"].map((attribute) => node.getAttribute(attribute)));
  return texts.map(squeeze).filter(Boolean);
};
// An open modal dialog lies over the rest.
const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
const roots = dialog ? [dialog] : [...document.querySelectorAll(region)];
const fitting = roots.flatMap((root) => [...root.querySelectorAll(roles[role])]).filter(
  (node) => shown(node) && names(node).some((text) => text.includes(squeeze(wanted))),
);
// Of nested ones the innermost is meant; of several the one whose name says nothing else.
const innermost = fitting.filter((node) => !fitting.some((other) => other !== node && node.contains(other)));
return innermost.find((node) => names(node).includes(squeeze(wanted))) ?? innermost[0] ?? null;
