const MARKUP = `
  <div class="timeline-body" role="group" aria-label="Timeline" hidden>
    <p class="timeline-heading"><span class="timeline-name"></span><span class="timeline-clock"></span></p>
    <div class="timeline-surface">
      <div class="timeline-track">
        <canvas class="timeline-envelope" aria-hidden="true"></canvas>
        <div class="timeline-playhead"></div>
      </div>
    </div>
    <div class="timeline-lane">
      <div class="timeline-region"></div>
      <div class="timeline-handle timeline-start"></div>
      <div class="timeline-handle timeline-end"></div>
    </div>
    <div class="timeline-learning">
      <p class="timeline-told"></p>
      <button class="timeline-here" type="button">Learn from here on</button>
    </div>
  </div>
  <div class="timeline-reading">
    <p class="timeline-status" role="status"></p>
    <progress class="timeline-progress" max="1" aria-label="Reading" hidden></progress>
  </div>`;

/** Fills an element with the parts of a timeline. */
export function fillTimeline(element: HTMLElement): void {
  element.classList.add('timeline');
  element.innerHTML = MARKUP;
}
