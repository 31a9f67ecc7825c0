/**
 * Takes the place of `regl` in hydra-synth. `regl` compiles its drawing commands from text, which the page's
 * Content-Security-Policy forbids. This is what hydra-synth uses of it to draw patterns: triangles over the whole picture.
 */

type Context = WebGLRenderingContext;
/** Given for each drawing, such as the time and the size of the picture. */
type Properties = Record<string, unknown>;
type Value = unknown | ((context: unknown, properties: Properties) => unknown);

/** A picture that shaders read. */
class Texture {
  readonly handle: WebGLTexture;
  readonly #gl: Context;

  constructor(gl: Context, { width = 1, height = 1 }: { width?: number; height?: number }) {
    this.#gl = gl;
    this.handle = gl.createTexture()!;
    this.resize(width, height);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    // WebGL repeats only pictures whose sides are powers of two.
    for (const axis of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, axis, gl.CLAMP_TO_EDGE);
  }

  resize(width: number, height: number): void {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, this.handle);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
  }
}

/** A texture that can be drawn onto. */
class Framebuffer {
  readonly texture: Texture;
  readonly handle: WebGLFramebuffer;

  constructor(gl: Context, { color }: { color: Texture }) {
    this.texture = color;
    this.handle = gl.createFramebuffer()!;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.handle);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, color.handle, 0);
  }

  resize(width: number, height: number): void {
    this.texture.resize(width, height);
  }
}

/** What is drawn by one call: hydra-synth gives `position` as the only attribute. */
interface Command {
  readonly vert: string;
  readonly frag: string;
  readonly attributes: { readonly position: WebGLBuffer | number[][] };
  readonly uniforms: Record<string, Value>;
  readonly count: number;
  readonly framebuffer?: () => Framebuffer;
}

function compile(gl: Context, { vert, frag }: Command): WebGLProgram {
  const program = gl.createProgram()!;
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vert],
    [gl.FRAGMENT_SHADER, frag],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}

/** Sets all that the shaders use. */
function setUniforms(gl: Context, program: WebGLProgram, uniforms: Command['uniforms'], properties: Properties): void {
  let unit = 0;
  for (let i = 0; i < gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS); i++) {
    const { name } = gl.getActiveUniform(program, i)!;
    const location = gl.getUniformLocation(program, name);
    const given = uniforms[name];
    const value = typeof given === 'function' ? given({}, properties) : given;
    if (value instanceof Texture || value instanceof Framebuffer) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, value instanceof Texture ? value.handle : value.texture.handle);
      gl.uniform1i(location, unit++);
    } else if (Array.isArray(value)) {
      [gl.uniform1fv, gl.uniform2fv, gl.uniform3fv, gl.uniform4fv][value.length - 1].call(gl, location, value);
    } else {
      gl.uniform1f(location, Number(value));
    }
  }
}

function bufferOf(gl: Context, points: number[][]): WebGLBuffer {
  const buffer = gl.createBuffer()!;
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(points.flat()), gl.STATIC_DRAW);
  return buffer;
}

/** @returns a function that draws */
function commandOf(gl: Context, command: Command): (properties: Properties) => void {
  const program = compile(gl, command);
  const { position } = command.attributes;
  const buffer = Array.isArray(position) ? bufferOf(gl, position) : position;
  const place = gl.getAttribLocation(program, 'position');
  return (properties) => {
    gl.useProgram(program);
    // The framebuffer first: choosing it also chooses which one the shaders read.
    gl.bindFramebuffer(gl.FRAMEBUFFER, command.framebuffer?.().handle ?? null);
    setUniforms(gl, program, command.uniforms, properties);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 0, 0);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.drawArrays(gl.TRIANGLES, 0, command.count);
  };
}

/** @throws {Error} without WebGL */
export default function regl({ canvas }: { canvas: HTMLCanvasElement }) {
  const gl = canvas.getContext('webgl');
  if (!gl) throw new Error('This browser does not offer WebGL.');
  const draw = (command: Command) => commandOf(gl, command);
  return Object.assign(draw, {
    prop: (name: string) => (_context: unknown, properties: Properties) => properties[name],
    buffer: (points: number[][]) => bufferOf(gl, points),
    texture: (size: { width?: number; height?: number }) => new Texture(gl, size),
    framebuffer: (options: { color: Texture }) => new Framebuffer(gl, options),
    clear({ color: [red, green, blue, alpha] }: { color: [number, number, number, number] }) {
      gl.clearColor(red, green, blue, alpha);
      gl.clear(gl.COLOR_BUFFER_BIT);
    },
  });
}
