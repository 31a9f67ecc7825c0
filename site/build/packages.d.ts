// What the build uses of packages that come without types.

declare module '@11ty/eleventy' {
  /** The part of Eleventy's configuration that is used here */
  export interface Configuration {
    setLayoutsDirectory(path: string): void;
    addPlugin(plugin: unknown, options: object): void;
    addGlobalData(name: string, value: unknown): void;
    addFilter(name: string, filter: (argument: never) => unknown): void;
    /** Adds a template that is no file. */
    addTemplate(path: string, content: string, data: object): void;
    amendLibrary(engine: 'md', amend: (library: MarkdownLibrary) => void): void;
  }

  export interface MarkdownLibrary {
    use(plugin: (library: never) => void): void;
    render(text: string, environment: object): string;
  }

  export const IdAttributePlugin: unknown;

  export default class Eleventy {
    constructor(
      input: string,
      output: string,
      options: { quietMode: boolean; configPath: string; config: (configuration: Configuration) => void },
    );
    init(): Promise<void>;
    write(): Promise<void>;
  }
}

declare module '@11ty/eleventy-plugin-syntaxhighlight' {
  const plugin: unknown;
  export default plugin;
}
