// SPDX-License-Identifier: GPL-2.0-only
// The panels of stories and missions.
import type { PacketReader } from "./axis";
import type { RunModel } from "./data";
import { formatSeconds } from "./data";
import { button, el } from "./dom";
import { Chapter, findMissions, findStories, Mission } from "./stories";

export interface GuideHost {
  visit(chapter: Chapter): void;
  moment(): number;
  /** Prints a page for each chapter. */
  print(title: string, chapters: Chapter[]): void;
}

export interface GuideState {
  stories: HTMLElement;
  missions: HTMLElement;
  /** Shows where in a story the page is. */
  update(): void;
}

export function guidePanels(run: RunModel, reader: PacketReader, host: GuideHost): GuideState {
  const places: { moment: number; element: HTMLElement }[] = [];
  const stories = el("div", { class: "stories" });
  for (const story of findStories(run, reader)) {
    const list = el("ol");
    story.chapters.forEach((chapter, number) => {
      const time = formatSeconds(run.times[chapter.moment]);
      const press = button(`${time} s`, `${story.title}, part ${number + 1}, at ${time} s`, () => host.visit(chapter));
      press.dataset.story = story.id;
      const item = el("li", { "data-time": time }, press, " ", chapter.text);
      places.push({ moment: chapter.moment, element: item });
      list.append(item);
    });
    let at = -1;
    const go = (by: number) => {
      at = Math.min(story.chapters.length - 1, Math.max(0, at + by));
      host.visit(story.chapters[at]);
    };
    const next = button("Tell it, step by step", `next part of ${story.title}`, () => go(1));
    const back = button("Back", `part before, of ${story.title}`, () => go(-1));
    const print = button("Print", `print ${story.title}, a page for each part`, () => host.print(story.title, story.chapters));
    next.id = `story-${story.id}`;
    const box = el("section", { class: "story", "data-story": story.id, "aria-label": story.title }, el("h2", {}, story.title));
    box.append(story.missing ? el("p", { class: "hint" }, story.missing) : el("p", {}, next, " ", back, " ", print), list);
    stories.append(box);
  }
  const missions = el("div", { class: "missions" });
  findMissions(run, reader).forEach((mission, number) => missions.append(missionBox(mission, number, host)));
  return {
    stories,
    missions,
    update: () =>
      places.forEach(({ moment, element }) => element.classList.toggle("here", moment === host.moment())),
  };
}

function missionBox(mission: Mission, number: number, host: GuideHost): HTMLElement {
  const verdict = el("p", { class: "verdict", role: "status" });
  const box = el(
    "section",
    { class: "mission", "data-mission": mission.id, "aria-label": `mission ${number + 1}` },
    el("h2", {}, `Mission ${number + 1}`),
    el("p", {}, mission.question),
  );
  if (mission.missing) {
    box.append(el("p", { class: "hint" }, mission.missing));
    return box;
  }
  const judge = (isRight: boolean) => {
    verdict.textContent = isRight ? `Right. ${mission.explanation}` : `Not yet. ${mission.hint}`;
    verdict.className = `verdict ${isRight ? "right" : "wrong"}`;
  };
  if (mission.moments) {
    const [first, last] = mission.moments;
    const here = button("This is the moment", `mission ${number + 1}: the page is at the right moment`, () =>
      judge(host.moment() >= first && host.moment() <= last),
    );
    box.append(here);
  } else {
    const field = el("input", { type: "text", size: 12, "aria-label": `answer of mission ${number + 1}`, autocomplete: "off" });
    const check = () => judge(mission.answers.includes(field.value.trim().toLowerCase()));
    field.addEventListener("keydown", (event) => event.key === "Enter" && check());
    box.append(field, " ", button("Check", `check the answer of mission ${number + 1}`, check));
  }
  box.append(verdict);
  return box;
}
