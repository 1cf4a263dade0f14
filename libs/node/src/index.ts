export { Agent } from './agent.ts';
export { resolveAgentOptions, type AgentOptions, type NodeLink } from './options.ts';
export { cleanNode, type CleanNodeOptions } from './clean-node.ts';
export { planPod, type ContainerFacts, type Plan, type PodFacts, type Step } from './pods/plan.ts';
export { type HttpAnswer } from './streams/stream-server.ts';
