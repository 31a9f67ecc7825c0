/** What the panel puts into its element. */
export const MARKUP = `
  <div class="pictures">
    <p class="reading">
      <span class="progress">Iteration <span class="of"></span> <b class="iteration">0</b></span>
      <span class="progress">Relative error <b class="error-value">–</b></span>
    </p>
    <div class="corner" aria-hidden="true"><span><b>H</b>: when</span><span><b>W</b>: what</span></div>
    <canvas class="rows" role="img" aria-label="H: the activation of each component over time"></canvas>
    <div class="frequencies of-mixture" aria-hidden="true"></div>
    <div class="picture mixture">
      <canvas role="img" aria-label="V: the spectrogram of the clip"></canvas>
      <span class="tag" aria-hidden="true"><b>V</b>, what is heard</span>
    </div>
    <div class="frequencies of-product" aria-hidden="true"></div>
    <canvas class="templates" role="img" aria-label="W: the template of each component over frequency"></canvas>
    <div class="picture product">
      <canvas role="img" aria-label="W·H"></canvas>
      <span class="tag" aria-hidden="true"></span>
    </div>
    <div class="times of-mixture" aria-hidden="true"></div>
    <div class="times of-product" aria-hidden="true"></div>
  </div>
  <div class="pace" role="group" aria-label="Pace">
    <button type="button" data-pace="pause" aria-pressed="true">Pause</button>
    <button type="button" data-pace="slow" aria-pressed="false">Slow motion</button>
    <button type="button" data-pace="run" aria-pressed="false">Run</button>
    <button type="button" class="step-once">Step</button>
    <button type="button" class="again">Start again</button>
    <button type="button" class="other">Another start</button>
    <label class="seed">Seed <input type="number" min="0" max="999999" autocomplete="off"></label>
  </div>
  <p class="message" role="status"></p>
  <div class="below">
    <div class="choose">
      <div class="list" role="group" aria-label="Components: point at one to see and hear its layer"></div>
      <label class="check"><input type="checkbox" class="audible" checked autocomplete="off"> Play what I point at</label>
      <div class="results">
        <button type="button" class="left-over" aria-pressed="false">What is left: |V − W·H|</button>
        <button type="button" class="use" hidden>Use these components</button>
        <button type="button" class="save-numbers">Save W and H</button>
      </div>
    </div>
    <figure>
      <div class="errors" role="img" aria-label="The relative error, by iteration"></div>
    </figure>
  </div>
  <div class="lecture">
    <button type="button" class="to-the-letter" aria-pressed="false">The lecture, to the letter</button>
    <p class="hint">
      Euclidean loss, multiplicative updates, 100 iterations; Blackman-Harris window of 2048 samples, every 512 samples; the
      mask W<sub>k</sub>H<sub>k</sub> / WH; the clip at its own sample rate.
    </p>
    <table hidden>
      <thead><tr><th scope="col">k</th><th scope="col">Components</th><th scope="col">Filtered</th></tr></thead>
      <tbody></tbody>
    </table>
  </div>
`;
