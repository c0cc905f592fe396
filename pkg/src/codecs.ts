// Records a stream without `MediaRecorder`: the browser's encoders, and a muxer that only ever appends. Loaded only where every kind of
// `MediaRecorder` has failed. In: an open stream. Out: the pieces of one file in their order, VP8 and Opus as WebM, else H.264 as
// fragmented MP4, a key frame each second. Does not know: what is recorded, where the bytes go.

import {
  AppendOnlyStreamTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";

/** A running recording. */
export interface Take {
  /** Ends it; the rest of the bytes comes before the promise resolves. */
  stop(): Promise<void>;
  /** Ends it; nothing more comes. */
  abort(): void;
}

export interface Listener {
  bytes(piece: Uint8Array, mediaType: string): void;
  failed(): void;
}

const KEY_FRAME_MILLIS = 1000;
const FIRST_FRAME_MILLIS = 3000;
// An encoder that is behind by so many frames gets no more until it has caught up.
const MOST_WAITING = 4;
// As src/web/recorder.rs asks `MediaRecorder`.
const VIDEO_BITRATE = 1_200_000;
const AUDIO_BITRATE = 64_000;
const SAMPLES = 4096;

type Plan = { video: VideoEncoderConfig; audio: AudioEncoderConfig | undefined; webm: boolean };

/** Begins. Fails where this browser has no encoders that fit. */
export async function record(stream: MediaStream, listener: Listener): Promise<Take> {
  const video = document.createElement("video");
  Object.assign(video, { muted: true, playsInline: true, srcObject: new MediaStream(stream.getVideoTracks()) });
  const [track] = stream.getAudioTracks();
  let sound: Sound | undefined;
  try {
    await within(FIRST_FRAME_MILLIS, video.play());
    sound = track && (await listen(track));
    const plan = await choose(video, sound);
    return await begin(plan, video, sound, listener);
  } catch (thrown) {
    sound?.close();
    video.srcObject = null;
    throw thrown;
  }
}

async function begin(plan: Plan, video: HTMLVideoElement, sound: Sound | undefined, listener: Listener): Promise<Take> {
  const mediaType = `video/${plan.webm ? "webm" : "mp4"};codecs=${[plan.video.codec, ...(plan.audio ? [plan.audio.codec] : [])].join(",")}`;
  let over = false;
  let aborted = false;
  let handle = 0;
  const end = () => {
    over = true;
    video.cancelVideoFrameCallback(handle);
    sound?.close();
    video.srcObject = null;
  };
  const failed = () => {
    if (over) return;
    end();
    listener.failed();
  };
  const output = new Output({
    format: plan.webm
      ? new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: KEY_FRAME_MILLIS / 1000 })
      : new Mp4OutputFormat({ fastStart: "fragmented", minimumFragmentDuration: KEY_FRAME_MILLIS / 1000 }),
    target: new AppendOnlyStreamTarget(
      new WritableStream({
        write: (piece) => {
          if (!aborted) listener.bytes(piece, mediaType);
        },
      }),
    ),
  });

  const pictures = new EncodedVideoPacketSource(plan.webm ? "vp8" : "avc");
  output.addVideoTrack(pictures);
  const videoEncoder = new VideoEncoder({
    output: (chunk, meta) => void pictures.add(EncodedPacket.fromEncodedChunk(chunk), meta).catch(failed),
    error: failed,
  });
  videoEncoder.configure(plan.video);

  let audioEncoder: AudioEncoder | undefined;
  if (plan.audio) {
    const sounds = new EncodedAudioPacketSource(plan.audio.codec === "opus" ? "opus" : "aac");
    output.addAudioTrack(sounds);
    audioEncoder = new AudioEncoder({
      output: (chunk, meta) => void sounds.add(EncodedPacket.fromEncodedChunk(chunk), meta).catch(failed),
      error: failed,
    });
    audioEncoder.configure(plan.audio);
  }
  await output.start();

  // One clock for both: what is heard begins when its first samples began.
  const zero = performance.now();
  let lastKey = Number.NEGATIVE_INFINITY;
  let lastFrame = -1;
  const look = () => {
    if (over) return;
    handle = video.requestVideoFrameCallback(look);
    const at = Math.round((performance.now() - zero) * 1000);
    if (videoEncoder.encodeQueueSize > MOST_WAITING || at <= lastFrame) return;
    lastFrame = at;
    const frame = new VideoFrame(video, { timestamp: at });
    const keyFrame = at - lastKey >= KEY_FRAME_MILLIS * 1000;
    if (keyFrame) lastKey = at;
    try {
      videoEncoder.encode(frame, { keyFrame });
    } finally {
      frame.close();
    }
  };
  handle = video.requestVideoFrameCallback(look);
  if (audioEncoder) sound?.hear(zero, audioEncoder, failed);

  return {
    async stop() {
      if (over) return;
      end();
      await Promise.all([videoEncoder.flush(), audioEncoder?.flush()]);
      await output.finalize();
    },
    abort() {
      aborted = true;
      if (!over) end();
      for (const encoder of [videoEncoder, audioEncoder]) if (encoder && encoder.state !== "closed") encoder.close();
      // What was never finished has nothing to complain about.
      output.cancel().catch(() => {});
    },
  };
}

/** What both the browser can encode and the backend can look at. */
async function choose({ videoWidth: width, videoHeight: height }: HTMLVideoElement, sound: Sound | undefined): Promise<Plan> {
  const common = { width, height, bitrate: VIDEO_BITRATE, framerate: 30, latencyMode: "realtime" } as const;
  const videos: VideoEncoderConfig[] = [
    { ...common, codec: "vp8" },
    { ...common, codec: "avc1.42E028", avc: { format: "avc" } },
  ];
  const shape = sound && { sampleRate: sound.rate, numberOfChannels: sound.channels, bitrate: AUDIO_BITRATE };
  const audios = shape ? ["opus", "mp4a.40.2"].map((codec) => ({ ...shape, codec })) : [];
  const audio = await first(audios, (one) => AudioEncoder.isConfigSupported(one));
  if (shape && !audio) throw new Error("no encoder for sound");
  // AAC does not go into WebM.
  const video = await first(audio?.codec === "mp4a.40.2" ? videos.slice(1) : videos, (one) => VideoEncoder.isConfigSupported(one));
  if (!video) throw new Error("no encoder for pictures");
  return { video, audio, webm: video.codec === "vp8" };
}

async function first<T>(configs: T[], test: (config: T) => Promise<{ supported?: boolean }>): Promise<T | undefined> {
  for (const config of configs) if ((await test(config)).supported) return config;
  return undefined;
}

/** A microphone whose samples can be had. */
interface Sound {
  rate: number;
  channels: number;
  /** Encodes what it hears from now on; times in microseconds since `zero` of the page's clock. */
  hear(zero: number, encoder: AudioEncoder, failed: () => void): void;
  close(): void;
}

declare const MediaStreamTrackProcessor: (new (init: { track: MediaStreamTrack }) => { readable: ReadableStream<AudioData> }) | undefined;

async function listen(track: MediaStreamTrack): Promise<Sound> {
  return typeof MediaStreamTrackProcessor === "undefined" ? byContext(track) : byProcessor(track, MediaStreamTrackProcessor);
}

async function byProcessor(track: MediaStreamTrack, Processor: NonNullable<typeof MediaStreamTrackProcessor>): Promise<Sound> {
  // A clone of its own: it ends with the recording and leaves the stream as it was.
  const own = track.clone();
  try {
    return await processed(own, new Processor({ track: own }).readable.getReader());
  } catch (thrown) {
    own.stop();
    throw thrown;
  }
}

async function processed(own: MediaStreamTrack, reader: ReadableStreamDefaultReader<AudioData>): Promise<Sound> {
  const { value } = await within(FIRST_FRAME_MILLIS, reader.read());
  if (!value) throw new Error("the microphone has ended");
  const { sampleRate: rate, numberOfChannels: channels } = value;
  value.close();
  return {
    rate,
    channels,
    hear(zero, encoder, failed) {
      let shift: number | undefined;
      const next = async (): Promise<void> => {
        const { value: data } = await reader.read();
        if (!data || encoder.state === "closed") return data?.close();
        shift ??= (performance.now() - zero) * 1000 - data.duration - data.timestamp;
        encoder.encode(moved(data, Math.max(0, data.timestamp + shift)));
        data.close();
        return next();
      };
      next().catch(failed);
    },
    close() {
      own.stop();
      reader.cancel().catch(() => {});
    },
  };
}

function moved(data: AudioData, timestamp: number): AudioData {
  const { sampleRate, numberOfFrames, numberOfChannels } = data;
  const samples = new Float32Array(numberOfFrames * numberOfChannels);
  for (let plane = 0; plane < numberOfChannels; plane++) {
    data.copyTo(samples.subarray(plane * numberOfFrames), { planeIndex: plane, format: "f32-planar" });
  }
  return new AudioData({ format: "f32-planar", sampleRate, numberOfFrames, numberOfChannels, timestamp, data: samples });
}

// An old interface, and the only one that gives samples in every browser without a file of its own.
async function byContext(track: MediaStreamTrack): Promise<Sound> {
  const context = new AudioContext();
  try {
    await within(FIRST_FRAME_MILLIS, context.resume());
    return tapped(context, track);
  } catch (thrown) {
    context.close().catch(() => {});
    throw thrown;
  }
}

function tapped(context: AudioContext, track: MediaStreamTrack): Sound {
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const tap = context.createScriptProcessor(SAMPLES, 1, 1);
  source.connect(tap).connect(context.destination);
  return {
    rate: context.sampleRate,
    channels: 1,
    hear(zero, encoder, failed) {
      let timestamp: number | undefined;
      tap.onaudioprocess = ({ inputBuffer: { length: numberOfFrames, sampleRate }, inputBuffer }) => {
        const micros = (numberOfFrames / sampleRate) * 1e6;
        timestamp ??= Math.max(0, (performance.now() - zero) * 1000 - micros);
        try {
          if (encoder.state === "closed") return;
          encoder.encode(new AudioData({ format: "f32-planar", sampleRate, numberOfFrames, numberOfChannels: 1, timestamp, data: inputBuffer.getChannelData(0).slice() }));
        } catch {
          failed();
        }
        timestamp += micros;
      };
    },
    close() {
      tap.onaudioprocess = null;
      context.close().catch(() => {});
    },
  };
}

async function within<T>(millis: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it takes too long")), millis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
