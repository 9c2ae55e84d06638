// Loaded before a program (node --import …), in its threads too: whatever reaches for another machine fails and is
// told on stderr, so that it shows even where the failure is caught.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

function refuse(name) {
  return () => {
    process._rawDebug(`NETWORK REFUSED: ${name}`);
    throw new Error(`network refused: ${name}`);
  };
}

net.Socket.prototype.connect = refuse('net.Socket.connect');
dgram.createSocket = refuse('dgram.createSocket');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  dns[name] = refuse(`dns.${name}`);
  dns.promises[name] = refuse(`dns.promises.${name}`);
}
globalThis.fetch = refuse('fetch');
syncBuiltinESMExports();
