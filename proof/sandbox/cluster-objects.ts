/** Volumes offered to claims; a central stack of three ingestors claims about fifteen. */
const volumeCount = 40;

/** The objects that a provisioned cluster has and a bare API server lacks. */
export function clusterObjects(cluster: string, storageClass: string): object[] {
  return [node(cluster), volumeClass(storageClass), ...volumes(cluster, storageClass)];
}

/** One simulated node with room for everything at the seed's figures. */
const node = (cluster: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: `${cluster}-node-1`,
    labels: {
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': `${cluster}-node-1`,
    },
  },
  status: {
    allocatable: { cpu: '64', memory: '256Gi', pods: '250' },
    capacity: { cpu: '64', memory: '256Gi', pods: '250' },
    nodeInfo: {
      architecture: 'amd64',
      bootID: '',
      containerRuntimeVersion: 'kwok',
      kernelVersion: 'kwok',
      kubeProxyVersion: '',
      kubeletVersion: 'kwok',
      machineID: '',
      operatingSystem: 'linux',
      osImage: 'kwok',
      systemUUID: '',
    },
  },
});

/**
 * A class without provisioner: claims bind to the volumes below. They may grow, as those of the committed
 * clusters may; a stage in cluster/stages.yaml says what a resizer would.
 */
const volumeClass = (name: string) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'Immediate',
  allowVolumeExpansion: true,
});

const volumes = (cluster: string, storageClassName: string) =>
  Array.from({ length: volumeCount }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `${cluster}-${String(i + 1).padStart(2, '0')}` },
    spec: {
      storageClassName,
      // More than any claim asks for; its claim says what it asks for (cluster/stages.yaml).
      capacity: { storage: '10Ti' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      // A stage in cluster/stages.yaml offers a volume again once its claim is gone.
      persistentVolumeReclaimPolicy: 'Retain',
      // Never mounted: no container runs.
      hostPath: { path: '/sandbox' },
    },
  }));
