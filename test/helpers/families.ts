import { OfflineAudioContext as StandardizedOffline } from 'standardized-audio-context';

/** Context families that every promise is kept for. */
export const OFFLINE_FAMILIES: readonly [
  string,
  (channels: number, length: number, rate: number) => OfflineAudioContext,
][] = [
  ['native', (channels, length, rate) => new OfflineAudioContext(channels, length, rate)],
  [
    'standardized-audio-context',
    (numberOfChannels, length, sampleRate) =>
      new StandardizedOffline({ numberOfChannels, length, sampleRate }) as unknown as OfflineAudioContext,
  ],
];
