export {
  Authority,
  createAuthority,
  createSigningRequest,
  publicKeyHash,
  readCertificate,
  SigningRefused,
  yearMs,
  type CertificateFacts,
  type CertificateRequest,
  type KeyPair,
  type Subject,
} from './certificates.ts';
export { openClusterPki, type ClusterPki, type ClusterPkiOptions } from './cluster-pki.ts';
export { formatJoinToken, newBootstrapToken, parseJoinToken, type JoinToken } from './join-token.ts';
export { kubeconfigOf, type KubeconfigOptions } from './kubeconfig.ts';
