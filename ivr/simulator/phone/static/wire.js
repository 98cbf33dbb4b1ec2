// The socket to the simulated carrier: binary frames of sound, JSON for everything else.

const UNREAD_AT_MOST = 16000; // bytes, about 2 s of sound: what the network cannot carry is dropped, not queued

export class Wire {
  /** `on` has one function for each type of message, and `sound` and `closed`. */
  constructor(address, on) {
    this.socket = new WebSocket(address);
    this.socket.binaryType = "arraybuffer";
    this.opened = new Promise((resolve, reject) => {
      this.socket.onopen = resolve;
      this.socket.onerror = () => reject(new Error("The phone's own server does not answer."));
    });
    this.socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) {
        on.sound(data);
        return;
      }
      const message = JSON.parse(data);
      on[message.type]?.(message);
    };
    this.socket.onclose = () => on.closed();
  }

  tell(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  sendSound(bytes) {
    if (this.socket.readyState === WebSocket.OPEN && this.socket.bufferedAmount < UNREAD_AT_MOST) this.socket.send(bytes);
  }

  close() {
    this.socket.close();
  }
}
