// Three spheres that swell with the level of their part, and flash when it starts to sound.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { delayWhen, timer } from 'rxjs';
import * as THREE from 'three';

const file = document.querySelector('input')!;
const status = document.querySelector('output')!;
const canvas = document.querySelector('canvas')!;
const context = new AudioContext();
const separator = new NMFSeparatorNode(context, { components: 3 });
for (const component of separator.components) component.connect(context.destination);

const scene = new THREE.Scene();
scene.add(new THREE.HemisphereLight('white', 'midnightblue', 2));
const spheres = ['tomato', 'gold', 'deepskyblue'].map((color, k) => {
  const material = new THREE.MeshStandardMaterial({ color, emissive: color, emissiveIntensity: 0 });
  const sphere = new THREE.Mesh(new THREE.SphereGeometry(1, 48, 24), material);
  sphere.position.x = 2.5 * (k - 1);
  scene.add(sphere);
  return sphere;
});
const camera = new THREE.PerspectiveCamera(45, 16 / 9);
camera.position.z = 7;
const renderer = new THREE.WebGLRenderer({ canvas, antialias: true });
renderer.setSize(800, 450);
renderer.setAnimationLoop(() => {
  spheres.forEach((sphere, k) => {
    sphere.scale.setScalar(0.3 + separator.levels[k]);
    sphere.material.emissiveIntensity *= 0.9;
  });
  renderer.render(scene, camera);
});

// An onset is told before it is heard: wait until then.
separator.onsets$
  .pipe(delayWhen(({ time }) => timer(1000 * (time - context.currentTime))))
  .subscribe(({ component, strength }) => {
    spheres[component].material.emissiveIntensity = strength;
  });

let source: AudioBufferSourceNode | undefined;
document.onclick = () => context.resume(); // browsers play nothing before a click
file.onchange = async () => {
  file.disabled = true; // one file at a time
  await play(file.files![0]).catch((error) => {
    status.value = error.message;
  });
  file.disabled = false;
};

async function play(sound: File) {
  const buffer = await context.decodeAudioData(await sound.arrayBuffer());
  source?.stop();
  source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(separator);
  source.start();
  status.value = 'Learning its parts …';
  await separator.learn(buffer);
  status.value = '';
}
