export { EtcdProcess, startEtcd, type EtcdProcessOptions } from './etcd-process.ts';
export { Recorder, stateContract, type ContractSubject } from './state-contract.ts';
