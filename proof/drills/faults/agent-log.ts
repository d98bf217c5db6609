/** Bytes of a segment that is made: as many as a complete one of Prometheus has. */
const segment = 128 * 2 ** 20;

/** Where an agent's log is filled from, in the container's own file system. */
export interface AgentLog {
  /** Process id of the agent on its node. */
  pid: string;
  /** Folder of the agent's data, as the node sees it. */
  data: string;
  /** Bytes that the log is to have. */
  bytes: number;
}

/**
 * Shell script for busybox that fills an agent's log and kills the agent, with copies of what it has written
 * itself: the largest segment that it has finished, padded to whole pages and repeated. Nothing of it is sent
 * after the restart, being older than that.
 *
 * The copies are made beside the log. They join it, under the numbers that follow the last one, in the moment
 * in which the agent stands still (SIGSTOP), since a running one would send them; then SIGKILL ends it.
 *
 * @returns the script, which ends with 1 and a word when the agent has not finished a segment yet
 */
export const fillAndKill = ({ pid, data, bytes }: AgentLog): string => `
  wal=${data}/wal
  made=${data}/filler
  segments() { busybox ls "$@" $wal | busybox grep -E '^[0-9]{8}$'; }
  last=$(segments | busybox tail -n 1)
  whole=$(segments -S | busybox grep -v "^$last$" | busybox head -n 1)
  [ -n "$whole" ] && [ -s $wal/$whole ] || { echo 'no finished segment' >&2; exit 1; }
  owner=$(busybox stat -c %u:%g $wal/$whole)
  busybox rm -rf $made && busybox mkdir $made
  busybox dd if=$wal/$whole of=$made/part bs=32768 conv=sync 2>/dev/null
  while [ $(busybox stat -c %s $made/part) -lt $((${segment} / 2)) ]; do
    busybox cat $made/part $made/part > $made/more
    busybox mv $made/more $made/part
  done
  size=$(busybox stat -c %s $made/part)
  has=$(($(busybox du -sk $wal | busybox cut -f 1) * 1024))
  count=0
  while [ $((has + count * size)) -lt ${bytes} ]; do
    busybox cp $made/part $made/$count
    count=$((count + 1))
  done
  busybox rm $made/part
  busybox chown -R $owner $made
  kill -STOP ${pid}
  last=$(segments | busybox tail -n 1)
  i=0
  while [ $i -lt $count ]; do
    busybox mv $made/$i $wal/$(printf %08d $(busybox expr $last + 1 + $i))
    i=$((i + 1))
  done
  busybox rmdir $made
  echo $((has + count * size))
  kill -KILL ${pid}`;
