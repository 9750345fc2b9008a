import type { ServerResponse } from 'node:http'
import type { BuildError } from '../../../project/build-errors'

/** The outcome of the last build: its id, or its errors. */
export type BuildState = { build: string } | { errors: BuildError[] }

/** Notifies the open phones of every build, as server-sent events. */
export class BuildEvents {
  readonly #listeners = new Set<ServerResponse>()

  /** Sends the last build at once and keeps the response open for later builds. */
  subscribe(response: ServerResponse, last: BuildState): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(message(last))
    this.#listeners.add(response)
    response.on('close', () => this.#listeners.delete(response))
  }

  send(state: BuildState): void {
    for (const response of this.#listeners) response.write(message(state))
  }

  close(): void {
    for (const response of this.#listeners) response.end()
  }
}

function message(state: BuildState): string {
  return 'build' in state
    ? `event: reload\ndata: ${state.build}\n\n`
    : `event: build-error\ndata: ${JSON.stringify(state.errors)}\n\n`
}
