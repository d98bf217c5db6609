type Strings = Record<string, string>;

export interface Container {
  name: string;
  image?: string;
  args?: string[];
  command?: string[];
  ports?: { name?: string; containerPort: number; hostPort?: number; protocol?: string }[];
  resources?: { requests?: Strings; limits?: Strings } | undefined;
  /** Of an init container: `Always` makes it run beside the others. */
  restartPolicy?: string;
  readinessProbe?: object;
  livenessProbe?: object;
  startupProbe?: object;
  securityContext?: {
    privileged?: boolean;
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    runAsNonRoot?: boolean;
    runAsUser?: number;
    seccompProfile?: { type: string };
    capabilities?: { drop?: string[]; add?: string[] };
  };
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key?: string } } }[];
  envFrom?: { secretRef?: { name: string } }[];
}

export interface PodSpec {
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  automountServiceAccountToken?: boolean;
  serviceAccountName?: string;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  initContainers?: Container[];
  containers: Container[];
  volumes?: { name: string; hostPath?: { path: string }; secret?: { secretName: string } }[];
}

/** A pod as Services and network policies see it. */
export interface Pod {
  /** `Kind namespace/name` of what makes it. */
  object: string;
  namespace: string;
  labels: Readonly<Strings>;
  /** Port numbers by name. */
  ports: Readonly<Record<string, number>>;
  /** On the network of its node, where no network policy applies. */
  hostNetwork?: boolean;
}
