// What a disk would hold if the power failed: follows a process's system calls (strace) and keeps only what was synced. Of files that
// is what fsync or fdatasync was called on, of names what the folder was synced with. Without that nothing is taken to survive.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** For strace: what is followed, each string in full and in hexadecimal, file descriptors with their paths. */
export const TRACED = [
  "--follow-forks", "--decode-fds=path", "--strings-in-hex=all", "--string-limit=1000000", "--quiet=all",
  `--trace=${[
    "openat,lseek,write,pwrite64,ftruncate,fsync,fdatasync,?rename,?renameat,renameat2,?link,linkat,?unlink,unlinkat,?mkdir,mkdirat,?rmdir",
    "writev,sendto,sendmsg",
    "?open,?creat,truncate,pwritev,pwritev2,fallocate,copy_file_range,sendfile,splice,sync_file_range,io_uring_setup",
  ].join(",")}`,
];

const CALL = /^\d+ +(\w+)\((.*)\) += (-?\d+)/s;
const BEGUN = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/s;
const ENDED = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/s;
const ARGUMENT = /"((?:\\x[\da-f]{2})*)"|(-?\d+|AT_FDCWD)<((?:\\x[\da-f]{2}|[^>])*)>|(-?\d+)/g;

const bytes = (hex) => Buffer.from(hex.replaceAll("\\x", ""), "hex");
const words = (hex) => (hex.startsWith("\\x") ? bytes(hex).toString() : hex);

export class Disk {
  /** With a folder's files as they are, as if they had always been there. `answered(text, disk)` hears what the process sends. */
  static async of(root, answered) {
    const disk = Object.assign(new Disk(), { root, answered, begun: new Map(), places: new Map(), now: new Map(), kept: new Map() });
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      const name = path.join(entry.parentPath, entry.name);
      disk.#name(name, entry.isDirectory() ? { folder: true } : new File(await readFile(name)));
    }
    for (const [name, node] of disk.now) disk.kept.set(name, node);
    return disk;
  }

  /** Takes a line of strace's output. */
  line(line) {
    const begun = BEGUN.exec(line);
    if (begun) {
      const [, thread, call, first] = begun;
      return void this.begun.set(thread, { call, first, sync: /sync$/.test(call) && this.#synced(first) });
    }
    const ended = ENDED.exec(line);
    if (ended) {
      const { call, first, sync } = this.begun.get(ended[1]);
      const whole = CALL.exec(`${ended[1]} ${call}(${first}${ended[2]}`);
      // What is written while a sync is under way may be too late for it.
      return whole && this.#call(call, whole[2], Number(whole[3]), sync);
    }
    const whole = CALL.exec(line);
    if (whole) this.#call(whole[1], whole[2], Number(whole[3]));
  }

  /** Writes what survives into an empty folder. */
  async restore(folder) {
    const known = [...this.kept].filter(([name]) => this.#reachable(name)).sort(([one], [other]) => one.length - other.length);
    for (const [name, node] of known) {
      const place = path.join(folder, path.relative(this.root, name));
      await (node.folder ? mkdir(place) : writeFile(place, node.kept));
    }
  }

  /** What survives now, for later. */
  still() {
    const kept = new Map([...this.kept].map(([name, node]) => [name, node.folder ? node : { kept: node.kept }]));
    return Object.assign(new Disk(), { root: this.root, kept });
  }

  #reachable(name) {
    const above = path.dirname(name);
    return above === this.root || (this.kept.has(above) && this.#reachable(above));
  }

  #inside(name) {
    // SQLite makes the index of its log anew.
    return name.startsWith(`${this.root}/`) && !name.endsWith("-shm");
  }

  #name(name, node) {
    if (this.#inside(name)) this.now.set(name, node);
  }

  #synced(text) {
    const [{ file }] = parsed(text);
    if (file === this.root || this.now.get(file)?.folder) {
      const inIt = (names) => [...names].filter(([name]) => path.dirname(name) === file);
      const names = inIt(this.now);
      return () => {
        for (const [name] of inIt(this.kept)) this.kept.delete(name);
        for (const [name, node] of names) this.kept.set(name, node);
      };
    }
    const node = this.now.get(file);
    const data = node && Buffer.from(node.data);
    return () => node && (node.kept = data);
  }

  #call(call, text, result, sync = undefined) {
    if (result < 0) return;
    const args = parsed(text);
    const [first] = args;
    const [from, to] = args.filter(({ string }) => string !== undefined).map(({ string }) => string.toString());
    const node = this.now.get(first?.file);
    switch (call) {
      case "openat": {
        const name = path.resolve(first.file, from);
        if (!this.#inside(name)) return;
        if (!this.now.has(name) && /O_CREAT/.test(text)) this.#name(name, new File(Buffer.alloc(0)));
        if (/O_TRUNC/.test(text)) this.now.get(name)?.cut(0);
        if (/O_TMPFILE/.test(text)) throw new Error("files without a name are not followed");
        this.places.set(result, /O_APPEND/.test(text) ? Infinity : 0);
        return;
      }
      case "lseek":
        return node && this.places.set(first.number, result);
      case "write": {
        if (!node) return this.#hear(first, args);
        const known = this.places.get(first.number);
        const place = known === Infinity ? node.data.length : known;
        if (!(place <= node.data.length)) throw new Error("it is not known where this is written");
        node.write(args[1].string.subarray(0, result), place);
        return this.places.set(first.number, known === Infinity ? Infinity : place + result);
      }
      case "pwrite64":
        return node?.write(args[1].string.subarray(0, result), args.at(-1).number);
      case "ftruncate":
        return node?.cut(args[1].number);
      case "fsync":
      case "fdatasync":
        return (sync ?? this.#synced(text))();
      case "rename": case "renameat": case "renameat2":
      case "link": case "linkat": {
        const moved = this.now.get(from);
        if (moved?.folder) throw new Error("folders that are renamed are not followed");
        if (moved && call.startsWith("rename")) this.now.delete(from);
        return moved && this.#name(to, moved);
      }
      case "unlink": case "unlinkat": case "rmdir":
        return void this.now.delete(path.resolve(first.file ?? "/", from));
      case "mkdir": case "mkdirat":
        return this.#name(from, { folder: true });
      case "writev": case "sendto": case "sendmsg":
        if (!node) return this.#hear(first, args);
    }
    if (call === "io_uring_setup" || args.some(({ file }) => this.now.has(file)) || this.now.has(from)) throw new Error(`${call} is not followed`);
  }

  #hear({ file }, args) {
    if (file?.startsWith("socket:")) this.answered(Buffer.concat(args.filter(({ string }) => string).map(({ string }) => string)).toString("latin1"), this);
  }
}

/** The arguments of a call: strings, numbers, and descriptors with the names of their files. */
function parsed(text) {
  return [...text.matchAll(ARGUMENT)].map(([, string, descriptor, file, number]) => {
    if (string !== undefined) return { string: bytes(string) };
    return file === undefined ? { number: Number(number) } : { number: Number(descriptor), file: words(file) };
  });
}

class File {
  constructor(data) {
    this.data = this.kept = data;
  }

  write(piece, at) {
    const before = this.data;
    this.data = Buffer.alloc(Math.max(before.length, at + piece.length));
    before.copy(this.data);
    piece.copy(this.data, at);
  }

  cut(length) {
    const before = this.data;
    this.data = Buffer.alloc(length);
    before.copy(this.data);
  }
}
