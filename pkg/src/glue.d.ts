// The page's wasm glue, made by wasm-bindgen before the package is bundled. See `src/api/page.rs` for the exports.
declare module "#page" {
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  export class Page {
    constructor(configJson: string, assetsJson: string, emit: (event: unknown) => void, shell: import("./capture.js").Shell);
    act(action: unknown): void;
    attach(video: HTMLVideoElement): void;
    snapshot(): unknown;
    dispose(): void;
    free(): void;
  }
}

// The engine's wasm glue, likewise. See `src/api/engine.rs` for the exports.
declare module "#engine" {
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  export class Engine {
    constructor();
    load(model: Uint8Array): void;
    loadReader(finder: Uint8Array, reader: Uint8Array): void;
    frame(pixels: Uint8Array, layout: number, width: number, height: number, stride: number, frame: number, at: number, still: boolean, zone: string): import("./types.js").Observation;
    static version(): string;
    free(): void;
  }
}

// The parts of a message file, made by the build.
declare module "*.json?first" {
  const table: Readonly<Record<string, string>>;
  export default table;
}
declare module "*.json?rest" {
  const table: Readonly<Record<string, string>>;
  export default table;
}
declare module "*.json?last" {
  const table: Readonly<Record<string, string>>;
  export default table;
}
