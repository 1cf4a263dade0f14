export { gantry } from './node.js';
