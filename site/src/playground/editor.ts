// The editor, by CodeMirror. It is loaded when a recipe is first changed.
import { javascript } from '@codemirror/lang-javascript';
import { basicSetup, EditorView } from 'codemirror';

export interface Editor {
  text(): string;
  focus(): void;
  close(): void;
}

/** @param onChange  is given the text after every change */
export function openEditor(parent: HTMLElement, text: string, onChange: (text: string) => void): Editor {
  const view = new EditorView({
    doc: text,
    parent,
    extensions: [
      basicSetup,
      javascript({ typescript: true }),
      // Nothing lies outside a narrow window.
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Code of the recipe' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}
