export { ApiServer } from './api-server.ts';
export type { ApiServerOptions } from './options.ts';
export type { HealthCheck } from './discovery/health.ts';
export type { InFlightLimits } from './in-flight.ts';
export {
  anonymous,
  bearerToken,
  StaticTokenAuthenticator,
  type Authenticator,
} from './auth/authenticator.ts';
export {
  authorizerChain,
  mastersAuthorizer,
  type AccessRequest,
  type Authorizer,
  type Decision,
} from './auth/authorizer.ts';
export { nodeAuthorizer } from './auth/node-authorizer.ts';
export { ruleAuthorizer, type Grants, type PolicyRule } from './auth/rules.ts';
export { systemGrants } from './auth/system-grants.ts';
export { nodeRestriction } from './admission/node-restriction.ts';
export {
  defaultTolerationSeconds,
  priorityAdmission,
  serviceAccountAdmission,
} from './admission/pod-defaults.ts';
export { ServiceAddresses, type ServiceAddressesOptions } from './admission/service-addresses.ts';
export {
  bootstrapCluster,
  isLoopback,
  keepBootstrapped,
  systemNamespaces,
  type BootstrapOptions,
} from './bootstrap/bootstrap.ts';
