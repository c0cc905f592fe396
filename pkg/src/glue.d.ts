// The page's wasm glue, made by wasm-bindgen before the package is bundled. See `src/api/page.rs` for the exports.
declare module "#page" {
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  export class Page {
    constructor(configJson: string, assetsJson: string, emit: (event: unknown) => void);
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
    frame(pixels: Uint8Array, layout: number, width: number, height: number, stride: number, frame: number, at: number): object;
    static version(): string;
    free(): void;
  }
}
