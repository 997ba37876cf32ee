#!/bin/bash
# one_machine.sh FOLDER COMMAND...: runs COMMAND beside a Slurm of one node, this machine, whose files
# are in FOLDER and which ends with it; status 77 where Slurm finds no node in it, as in a bare chroot.
set -euo pipefail
folder=$1
shift
host=$(hostname -s)
user=$(id -un)
port=$((20000 + $$ % 20000))
mkdir -p "$folder"/{state,spool}

cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/none
CredType=cred/none
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
AccountingStorageType=accounting_storage/none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP
CONF
export SLURM_CONF=$folder/slurm.conf

slurmctld -D >"$folder/slurmctld.log" 2>&1 &
controller=$!
slurmd -D -N "$host" >"$folder/slurmd.log" 2>&1 &
node=$!
trap 'kill $node $controller 2>/dev/null; wait' EXIT

for _ in $(seq 100); do
  case $(sinfo --noheader --format=%t 2>/dev/null || true) in
    idle | mix) status=0; "$@" || status=$?; exit "$status" ;;
  esac
  sleep 0.2
done
echo "Slurm's node is not up: $(tail -n 1 "$folder/slurmd.log")" >&2
exit 77
