import { chosen } from '../queries';

/** The chosen nodes, as matchers. */
export const node = `${chosen},instance=~"$node"`;

/** Their filesystems that hold data: not those that the kernel makes up. */
export const filesystem = `${node},fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660"`;

/** Interfaces to the outside: not the loopback, nor one end of a pod's. */
export const device = `${node},device!~"lo|veth.+|lxc.+|cali.+|cilium_.+|docker.+|br-.+"`;

const byNode = (series: string) => `max by (cluster, instance) (${series}{${node}})`;

/** Processes that run or wait, for each processor, over some minutes; of the node where it is the most. */
export const load = (minutes: 1 | 5 | 15): string =>
  `max(${byNode(`node_load${minutes}`)} / on (cluster, instance) ${byNode('instance:node_num_cpu:sum')})`;
