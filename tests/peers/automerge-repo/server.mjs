// automerge-repo's server: `node server.mjs FOLDER` serves on any free port, says which, and ends with its standard
// input: with whoever started it. Started by `cargo xtask peers`.
import { Repo } from "@automerge/automerge-repo";
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { WebSocketServer } from "ws";

const sockets = new WebSocketServer({ host: "127.0.0.1", port: 0 });
// As a server does: who asks gets, nobody is told of what they did not ask for.
new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(process.argv[2]),
  sharePolicy: async () => false,
});
sockets.on("listening", () => console.log(`ready ws://127.0.0.1:${sockets.address().port}/`));
process.stdin.on("end", () => process.exit()).resume();
