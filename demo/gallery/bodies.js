// Bodies: every part is a body in space that grows with its level. The bodies circle you, and you hear each where it is.
import * as THREE from 'three';

/** The parts are heard from here, so whatever else plays them has to be silent meanwhile. */
export const playsParts = true;

/** Metres from the listener, in the middle */
const DISTANCE = 3;
/** Radians a second */
const SPEED = 0.25;

/**
 * @param {HTMLElement} stage  empty; the picture fills it
 * @param {import('nmf-separator-node').NMFSeparatorNode} separator
 * @param {readonly { component: number, name: string, colour: string }[]} parts  those that sound, colours as #rrggbb
 * @param {AudioNode} destination  leads to the loudspeakers
 */
export async function show(stage, separator, parts, destination) {
  const renderer = new THREE.WebGLRenderer({ antialias: true });
  renderer.setPixelRatio(devicePixelRatio);
  stage.append(renderer.domElement);
  const scene = new THREE.Scene();
  scene.background = new THREE.Color('#0a0b16');
  scene.fog = new THREE.Fog('#0a0b16', 7, 16);
  scene.add(new THREE.PolarGridHelper(12, 12, 12, 96, '#2b3050', '#20243c').translateY(-1));
  scene.add(new THREE.HemisphereLight('#ffffff', '#303860', 1.2));
  const head = new THREE.Mesh(new THREE.ConeGeometry(0.16, 0.45, 24), new THREE.MeshStandardMaterial());
  // Its tip points where you look: away from the camera, as the sound does.
  head.rotation.x = -Math.PI / 2;
  scene.add(head);
  const camera = new THREE.PerspectiveCamera(50, 1, 0.1, 50);
  const { context } = separator;
  const bodies = parts.map(({ component, colour }) => {
    const material = new THREE.MeshStandardMaterial({ color: colour, emissive: colour, roughness: 0.35 });
    const body = new THREE.Mesh(new THREE.IcosahedronGeometry(0.6, 12), material);
    const light = new THREE.PointLight(colour, 0, 8);
    const panner = new PannerNode(context, { panningModel: 'HRTF', refDistance: DISTANCE });
    separator.components[component].connect(panner);
    panner.connect(destination);
    scene.add(body.add(light));
    return { component, body, light, panner };
  });
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

  renderer.setAnimationLoop((now) => {
    const { clientWidth, clientHeight } = stage;
    const turn = still ? 0 : (now / 1000) * SPEED;
    for (const [i, { component, body, light, panner }] of bodies.entries()) {
      const angle = turn + (2 * Math.PI * (i + 0.5)) / bodies.length;
      const level = separator.levels[component];
      body.position.set(DISTANCE * Math.sin(angle), 0, -DISTANCE * Math.cos(angle));
      // Space has the axes of Web Audio's listener, who looks along −z.
      panner.positionX.value = body.position.x;
      panner.positionZ.value = body.position.z;
      const size = still ? 1 : 0.5 + 0.9 * level;
      body.scale.lerp(new THREE.Vector3(size, size, size), 0.4);
      body.material.emissiveIntensity = 0.1 + 0.7 * level;
      light.intensity = 30 * level;
    }
    const { x: width, y: height } = renderer.getSize(new THREE.Vector2());
    if (clientWidth !== width || clientHeight !== height) renderer.setSize(clientWidth, clientHeight);
    camera.aspect = clientWidth / Math.max(clientHeight, 1);
    // A narrow stage is seen from farther away.
    camera.position.set(0, 3, 5).multiplyScalar(Math.max(1.2, 1.6 / camera.aspect));
    camera.lookAt(0, -0.2, 0);
    camera.updateProjectionMatrix();
    renderer.render(scene, camera);
  });

  return () => {
    renderer.setAnimationLoop(null);
    for (const { component, panner } of bodies) {
      separator.components[component].disconnect(panner);
      panner.disconnect();
    }
    renderer.dispose();
    renderer.forceContextLoss();
    renderer.domElement.remove();
  };
}
