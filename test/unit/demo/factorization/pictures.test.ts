import { expect, test } from 'vitest';
import { multiply, residual } from '../../../../demo/src/factorization/product.ts';
import { PictureGrid, type SpectrogramShape } from '../../../../demo/src/factorization/worker/PictureGrid.ts';
import { noise } from '../../../helpers/signals.ts';
import { product } from '../../../reference/multiplicativeUpdates.ts';

const SHAPE: SpectrogramShape = { frames: 862, bins: 1025, sampleRate: 44_100, hopSize: 512 };
const COMPONENTS = 3;

const random = (length: number, seed: number) => noise(length, seed).map((value) => Math.abs(value));

test('the picture of W times the picture of H is the picture of W·H', () => {
  const grid = new PictureGrid(SHAPE);
  const W = random(COMPONENTS * SHAPE.bins, 1);
  const H = random(SHAPE.frames * COMPONENTS, 2);
  const whole = grid.picture(
    Float32Array.from(product(Float64Array.from(H), Float64Array.from(W), SHAPE.frames, SHAPE.bins)),
  );
  const factors = { templates: grid.templates(W), activations: grid.activations(H, COMPONENTS) };
  const multiplied = new Float32Array(whole.length);
  multiply(factors, multiplied, grid.rows);
  const left = new Float32Array(whole.length);
  residual(whole, multiplied, left);
  expect(Math.max(...left)).toBeLessThan(1e-5 * Math.max(...whole));
});

test('the layers add up to the product', () => {
  const [rows, columns] = [5, 7];
  const factors = { templates: random(COMPONENTS * rows, 3), activations: random(COMPONENTS * columns, 4) };
  const whole = new Float32Array(rows * columns);
  multiply(factors, whole, rows);
  const sum = new Float32Array(whole.length);
  const layer = new Float32Array(whole.length);
  for (let k = 0; k < COMPONENTS; k++) {
    multiply(factors, layer, rows, k);
    layer.forEach((value, i) => {
      sum[i] += value;
    });
  }
  whole.forEach((value, i) => {
    expect(sum[i]).toBeCloseTo(value, 6);
  });
});

test('a sine is brightest in the row of its frequency', () => {
  const grid = new PictureGrid(SHAPE);
  const hertz = 1000;
  const V = new Float32Array(SHAPE.frames * SHAPE.bins);
  const bin = Math.round((hertz * 2 * (SHAPE.bins - 1)) / SHAPE.sampleRate);
  for (let t = 0; t < SHAPE.frames; t++) V[t * SHAPE.bins + bin] = 1;
  const picture = grid.picture(V);
  const brightest = Math.floor(picture.indexOf(Math.max(...picture)) / grid.columns);
  const frequencyAt = (row: number) => grid.highest * (grid.lowest / grid.highest) ** (row / grid.rows);
  const heard = (bin * SHAPE.sampleRate) / 2 / (SHAPE.bins - 1);
  expect(frequencyAt(brightest)).toBeGreaterThan(0.95 * heard);
  expect(frequencyAt(brightest + 1)).toBeLessThan(1.05 * heard);
});

test('has a column a frame where a clip is short, and no frequency above half the sample rate', () => {
  const grid = new PictureGrid({ ...SHAPE, frames: 20, sampleRate: 22_050 });
  expect(grid).toMatchObject({ columns: 20, highest: 11_025 });
});
