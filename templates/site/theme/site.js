// What the documentation does beyond mdBook: one language of samples on all pages, a choice of
// versions, folded parts that open when a link leads into them, and wide parts that a keyboard
// can scroll. Without it, everything is there to read.
"use strict";

(() => {
  const root = document.documentElement;

  const remember = (language) => {
    root.dataset.language = language;
    try {
      localStorage.setItem("sample-language", language);
    } catch {
      // Nothing is remembered where nothing may be.
    }
  };

  /** Shows the samples of a language; where there is none in it, the first. */
  const show = (language) => {
    for (const samples of document.querySelectorAll(".samples")) {
      const tabs = [...samples.querySelectorAll("[role=tab]")];
      const wanted = tabs.find((tab) => tab.dataset.language === language) ?? tabs[0];
      for (const tab of tabs) {
        const chosen = tab === wanted;
        tab.setAttribute("aria-selected", String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
      }
    }
  };

  /** Chooses a language, with the tab that was used where it was on the screen. */
  const choose = (tab) => {
    const before = tab.getBoundingClientRect().top;
    remember(tab.dataset.language);
    show(tab.dataset.language);
    window.scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
  };

  const tab = (sample, id) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.textContent = sample.querySelector("p").textContent;
    tab.dataset.language = sample.dataset.language;
    tab.id = `${id}:tab`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", id);
    tab.addEventListener("click", () => choose(tab));
    sample.id = id;
    sample.setAttribute("role", "tabpanel");
    sample.setAttribute("aria-labelledby", tab.id);
    return tab;
  };

  const keys = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = [...event.currentTarget.children];
    const ends = { Home: tabs[0], End: tabs.at(-1) }[event.key];
    const here = tabs.indexOf(document.activeElement);
    const next = ends ?? (step && tabs[(here + step + tabs.length) % tabs.length]);
    if (next) {
      event.preventDefault();
      // Arrows are for these tabs here, and not for turning the page.
      event.stopPropagation();
      next.focus();
      choose(next);
    }
  };

  const makeTabs = () => {
    document.querySelectorAll(".samples").forEach((samples, number) => {
      const list = document.createElement("div");
      list.className = "language-choice";
      list.setAttribute("role", "tablist");
      list.setAttribute("aria-label", "Language of the sample");
      const all = [...samples.querySelectorAll(":scope > .sample")];
      list.append(...all.map((sample) => tab(sample, `sample:${number}:${sample.dataset.language}`)));
      list.addEventListener("keydown", keys);
      samples.prepend(list);
      samples.classList.add("switched");
    });
    show(root.dataset.language);
  };

  const makeVersions = () => {
    const versions = window.siteVersions ?? [];
    const place = document.getElementById("site-version");
    if (!place || versions.length < 2) {
      return;
    }
    const select = document.createElement("select");
    select.setAttribute("aria-label", "Version of the documentation");
    const here = root.dataset.version || "latest";
    for (const { name, path } of versions) {
      select.add(new Option(`Version ${name}`, path, false, name === here));
    }
    select.addEventListener("change", () => {
      location.href = `${root.dataset.top}${select.value}index.html`;
    });
    place.replaceChildren(select);
  };

  /** Opens what is folded around the place that a link leads to. */
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let around = target; around; around = around.parentElement) {
      if (around.tagName === "DETAILS") {
        around.open = true;
      }
    }
  };

  const makeScrollable = () => {
    for (const wide of document.querySelectorAll(".content .table-wrapper, .content pre > code")) {
      if (wide.scrollWidth > wide.clientWidth) {
        wide.tabIndex = 0;
        wide.setAttribute("role", "region");
        wide.setAttribute("aria-label", wide.tagName === "CODE" ? "Code" : "Table");
      } else if (wide.getAttribute("role") === "region") {
        for (const name of ["tabindex", "role", "aria-label"]) {
          wide.removeAttribute(name);
        }
      }
    }
  };

  // It is a label, and has what only a button may have.
  document.getElementById("mdbook-sidebar-toggle")?.setAttribute("role", "button");
  makeTabs();
  makeVersions();
  unfold();
  makeScrollable();
  window.addEventListener("hashchange", unfold);
  window.addEventListener("resize", makeScrollable);
  document.addEventListener("toggle", makeScrollable, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[role=tab]")) {
      makeScrollable();
    }
  });
})();
