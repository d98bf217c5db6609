import type { Assumptions } from './assumption';

const stack = 'components/prometheus-stack/release.ts';

/** Kubernetes itself, nodes, storage, and what was there before. */
export const clusterAssumptions: readonly Assumptions[] = [
  {
    about: 'Kubernetes',
    all: [
      {
        what: 'Version 1.29 or newer on the central cluster: sidecars that start before Grafana. Edges: what the chart supports',
        where: ['components/grafana/values.ts'],
        keys: [],
        noticed: '`pulumi up`: Grafana never gets ready, since a sidecar would have to end first',
        constants: [
          'keys of app.kubernetes.io',
          'keys of kubernetes.io',
          'keys of topology.kubernetes.io',
          'keys of pod-security.kubernetes.io',
        ],
      },
      {
        what: 'Pods that keep the Pod Security Standard `restricted` may run as user and group 1001. OpenShift’s SCC `restricted-v2` lets nobody choose that',
        where: ['components/foundation/pod.ts', 'components/foundation/namespaces.ts'],
        keys: [],
        noticed: '`pulumi up`: workloads without pods; the event of their ReplicaSet says why',
      },
      {
        what: 'Objects of the chart and the operator have the labels and annotations that they have today',
        where: ['components/prometheus-stack/addresses.ts', 'components/prometheus-stack/crds.ts'],
        keys: [],
        noticed: '`npm run check:chart`, at an update of the chart',
        constants: ['keys of operator.prometheus.io', 'key helm.sh/resource-policy'],
      },
      {
        what: 'Nodes pull from quay.io and docker.io, and for the chart from registry.k8s.io and ghcr.io too; a mirror is the container runtime’s to know',
        where: ['versions.ts'],
        keys: [],
        noticed: '`pulumi up`: pods in `ImagePullBackOff`',
        constants: ['images of quay.io', 'images of docker.io'],
      },
      {
        what: 'The machine that runs Pulumi fetches the charts from ghcr.io',
        where: ['versions.ts', 'components/prometheus-stack/chart-source.ts'],
        keys: ['charts.directory'],
        noticed: 'preview, of a folder that lacks one; else `pulumi up`: the release cannot be downloaded',
        constants: ['host ghcr.io'],
      },
    ],
  },
  {
    about: 'Storage',
    all: [
      {
        what: 'The StorageClass makes volumes of mode ReadWriteOnce with a file system of POSIX (no NFS, which Prometheus does not support), whose group can be set',
        where: ['components/prometheus-stack/shared-values.ts', 'components/thanos/workload.ts'],
        keys: ['cluster.storageClass'],
        noticed:
          '`pulumi up` waits for the StatefulSets; where there is no such class the operator’s log says so',
      },
      {
        what: 'It can enlarge volumes',
        where: ['checks/volume-growth.ts'],
        keys: [],
        noticed: '`kubectl patch`, when somebody enlarges one ([volumes](operating.md#volumes))',
      },
      {
        what: 'Pods and Pulumi reach the object store by the same name, and pods on the endpoint’s port',
        where: ['components/object-store/object-store.ts', 'stacks/network-policies.ts'],
        keys: ['objectStore.endpoint', 'networkPolicies.egress'],
        noticed: '`npm run doctor`: upload …; `ThanosBucketErrors`',
      },
    ],
  },
  {
    about: 'Control plane and nodes',
    all: [
      {
        what: 'Scheduler, controller manager, etcd and kube-proxy cannot be scraped',
        where: ['components/prometheus-stack/control-plane.ts'],
        keys: [
          'controlPlane.scheduler',
          'controlPlane.controllerManager',
          'controlPlane.etcd',
          'controlPlane.kubeProxy',
        ],
        noticed: '`TargetDown`, where one is said to be there and is not',
      },
      {
        what: 'CoreDNS is scraped on port 9153 of pods labelled `k8s-app: kube-dns` in kube-system. Where there is none, nothing is scraped and nothing fires',
        where: ['components/prometheus-stack/shared-values.ts'],
        keys: [],
        noticed: 'nobody has to: its dashboard is empty',
      },
      {
        what: 'Kubelets answer on port 10250 whoever has a token that may read metrics',
        where: ['components/prometheus-stack/shared-values.ts'],
        keys: [],
        noticed: '`TargetDown`',
      },
      {
        what: 'Nodes run Linux, and their port 9100 is free for node-exporter',
        where: ['components/prometheus-stack/shared-values.ts', 'components/foundation/namespaces.ts'],
        keys: [],
        noticed:
          '`pulumi up`: the DaemonSet of node-exporter does not get ready; `KubeDaemonSetRolloutStuck`',
      },
    ],
  },
  {
    about: 'What was there before',
    all: [
      {
        what: 'The namespaces `monitoring` and `monitoring-node` are this stack’s to make',
        where: ['components/foundation/namespaces.ts'],
        keys: [],
        noticed:
          'nobody: they get this stack’s labels, and `pulumi destroy` deletes them with all that is in them',
      },
      {
        what: 'No other release has the cluster-wide objects or the definitions (CRDs) of kube-prometheus-stack',
        where: [stack, 'components/prometheus-stack/crds.ts'],
        keys: [],
        noticed: '`pulumi up`: Helm names what “cannot be imported into the current release”',
      },
      {
        what: 'No other Prometheus operator looks after all namespaces',
        where: [stack],
        keys: [],
        noticed: 'nobody: two operators change the same StatefulSets, and pods restart again and again',
      },
      {
        what: 'The Endpoints object `kube-system/kube-prometheus-stack-kubelet` of an earlier release of the chart is gone ([why](upgrading.md#a-cluster-that-had-the-chart-before))',
        where: ['components/prometheus-stack/shared-values.ts'],
        keys: [],
        noticed: 'nobody: kubelets are scraped twice, and nodes that are gone stay targets (`TargetDown`)',
      },
    ],
  },
];
