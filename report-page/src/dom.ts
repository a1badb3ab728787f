// SPDX-License-Identifier: GPL-2.0-only
// Elements in few words.

type Attributes = Record<string, string | number | boolean | undefined>;
type Child = Node | string | null | undefined;

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined) {
      element.append(child);
    }
  }
}

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, attributes, children);
  return element;
}

export function button(text: string, label: string, action: () => void): HTMLButtonElement {
  const element = el("button", { type: "button", "aria-label": label, title: label }, text);
  element.addEventListener("click", action);
  return element;
}

/** Lets a drawn thing be pressed by mouse and keyboard. */
export function pressable(element: SVGElement, label: string, action: () => void): void {
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", label);
  element.addEventListener("click", action);
  element.addEventListener("keydown", (event) => {
    const key = (event as KeyboardEvent).key;
    if (key === "Enter" || key === " ") {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
  });
}

export function checkbox(
  text: string,
  on: boolean,
  change: (on: boolean) => void,
  id?: string,
): HTMLLabelElement {
  const input = el("input", { type: "checkbox", checked: on, id });
  input.addEventListener("change", () => change(input.checked));
  return el("label", { class: "check" }, input, text);
}

export function clear(element: Element): void {
  element.replaceChildren();
}
