// node stems.js song.wav writes song-1.wav, song-2.wav and song-3.wav, which add up to the song.
import { readFile, writeFile } from 'node:fs/promises';
import encodeWav from '@audio/encode-wav';
import { separate } from 'nmf-separator-node';
import { OfflineAudioContext } from 'node-web-audio-api';

const file = process.argv[2];
if (!file) throw new Error('Which file? For example: node stems.js song.wav');
// It decodes MP3, FLAC and Ogg as well, and converts to this sampling rate.
const decoder = new OfflineAudioContext(1, 1, 44100);
const song = await decoder.decodeAudioData(new Uint8Array(await readFile(file)).buffer);
const { components } = await separate(song, { components: 3 });

for (const [k, stem] of components.entries()) {
  const encoder = await encodeWav({ sampleRate: stem.sampleRate, bitDepth: 32 });
  encoder.encode(Array.from({ length: stem.numberOfChannels }, (_, channel) => stem.getChannelData(channel)));
  await writeFile(file.replace(/(\.\w+)?$/, `-${k + 1}.wav`), encoder.flush());
}
