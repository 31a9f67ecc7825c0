/** @throws {Error} when the browser cannot read the file as sound */
export async function loadFile(file: File, context: BaseAudioContext): Promise<AudioBuffer> {
  return context.decodeAudioData(await file.arrayBuffer()).catch((cause) => {
    throw new Error(`${file.name} could not be read as sound. Try a WAV, MP3, FLAC or M4A file.`, { cause });
  });
}
