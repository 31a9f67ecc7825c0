import { within } from '../page/element.ts';
import { ActivationRows } from './ActivationRows.ts';
import { labelFrequencies, labelTimes } from './axes.ts';
import { DecibelPicture } from './DecibelPicture.ts';
import { multiply, type PicturedFactors, residual } from './product.ts';
import { TemplateColumns } from './TemplateColumns.ts';
import type { Pictured } from './worker/FactorizationWorker.ts';

/** Called when the user points. */
export interface StageRequests {
  /** With a mouse or a pen; null: at no component any more. */
  point(component: number | null): void;
  toggle(component: number): void;
}

/** V, and beside it W·H with W along its side and H along its top. */
export class Stage {
  readonly #root: HTMLElement;
  readonly #tag: HTMLElement;
  readonly #productCanvas: HTMLCanvasElement;
  readonly #mixture: DecibelPicture;
  readonly #product: DecibelPicture;
  readonly #columns: TemplateColumns;
  readonly #rows: ActivationRows;
  #pictured: Pictured | null = null;
  #factors: PicturedFactors | null = null;
  #whole = new Float32Array();
  #part = new Float32Array();
  #lit: number | null = null;
  #showsResidual = false;

  constructor(root: HTMLElement, requests: StageRequests) {
    this.#root = root;
    this.#tag = within(root, '.product .tag', HTMLElement);
    this.#productCanvas = within(root, '.product canvas', HTMLCanvasElement);
    this.#mixture = new DecibelPicture(within(root, '.mixture canvas', HTMLCanvasElement));
    this.#product = new DecibelPicture(this.#productCanvas);
    const templates = within(root, '.templates', HTMLCanvasElement);
    const activations = within(root, '.rows', HTMLCanvasElement);
    this.#columns = new TemplateColumns(templates);
    this.#rows = new ActivationRows(activations);
    this.#listen(templates, ({ offsetX }) => offsetX / templates.clientWidth, requests);
    this.#listen(activations, ({ offsetY }) => offsetY / activations.clientHeight, requests);
  }

  showMixture(pictured: Pictured): void {
    this.#pictured = pictured;
    this.#factors = null;
    this.#whole = new Float32Array(pictured.picture.length);
    this.#part = new Float32Array(pictured.picture.length);
    const loudest = pictured.picture.reduce((largest, value) => Math.max(largest, value), 0);
    for (const picture of [this.#mixture, this.#product]) picture.fit(pictured, loudest);
    this.#mixture.paint(pictured.picture);
    for (const which of ['.of-mixture', '.of-product']) {
      labelFrequencies(within(this.#root, `.frequencies${which}`, HTMLElement), pictured);
      labelTimes(within(this.#root, `.times${which}`, HTMLElement), pictured);
    }
  }

  showFactors(factors: PicturedFactors): void {
    this.#factors = factors;
    this.#paint();
  }

  light(component: number | null): void {
    if (component === this.#lit) return;
    this.#lit = component;
    this.#paint();
  }

  showResidual(shown: boolean): void {
    this.#showsResidual = shown;
    this.#paint();
  }

  #paint(): void {
    if (!this.#pictured || !this.#factors) return;
    const { rows, picture } = this.#pictured;
    this.#columns.paint(this.#factors.templates, rows, this.#lit);
    this.#rows.paint(this.#factors, rows, this.#lit);
    multiply(this.#factors, this.#whole, rows);
    if (this.#lit !== null) {
      multiply(this.#factors, this.#part, rows, this.#lit);
      this.#product.paintLayer(this.#part, this.#whole);
    } else if (this.#showsResidual) {
      residual(picture, this.#whole, this.#part);
      this.#product.paint(this.#part);
    } else {
      this.#product.paint(this.#whole);
    }
    this.#nameProduct();
  }

  #nameProduct(): void {
    const [name, what] = this.#productName();
    const description = `${name}, ${what}`;
    if (this.#productCanvas.ariaLabel === description) return;
    this.#productCanvas.ariaLabel = description;
    this.#tag.replaceChildren(Object.assign(document.createElement('b'), { textContent: name }), `, ${what}`);
  }

  #productName(): readonly [string, string] {
    if (this.#lit !== null) {
      const index = subscript(this.#lit + 1);
      return [`W${index}·H${index}`, `component ${this.#lit + 1}`];
    }
    return this.#showsResidual ? ['|V − W·H|', 'what is left'] : ['W·H', 'all components'];
  }

  /** @param placeOf where a pointer is along the components, 0…1 */
  #listen(canvas: HTMLCanvasElement, placeOf: (event: MouseEvent) => number, { point, toggle }: StageRequests): void {
    const componentAt = (event: MouseEvent) => {
      const count = this.#factors && this.#pictured ? this.#factors.templates.length / this.#pictured.rows : 0;
      return count > 0 ? Math.max(0, Math.min(count - 1, Math.floor(placeOf(event) * count))) : null;
    };
    canvas.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'touch') point(componentAt(event));
    });
    canvas.addEventListener('pointerleave', () => point(null));
    canvas.addEventListener('click', (event) => {
      const component = componentAt(event);
      if (component !== null) toggle(component);
    });
  }
}

/** A number in digits below the line. */
function subscript(number: number): string {
  return String.fromCharCode(...[...String(number)].map((digit) => 0x2080 + Number(digit)));
}
