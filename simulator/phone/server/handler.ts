import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import type { Handler } from '../../kit/http'
import { replyToCall } from './api'
import { BadRequestError } from './bad-request'
import type { RuntimeFiles } from './runtime-bundle'
import type { PhoneServices } from './services'

export interface PhoneHandlerOptions {
  services: PhoneServices
  /** the files that are the same for every mini program */
  runtime: () => Promise<RuntimeFiles>
  /** the id of the last good build, empty before the first one, and its files by path */
  built: () => Promise<{ build: string; files: ReadonlyMap<string, Uint8Array | string> }>
  /** handles a request for the build events */
  events: (response: ServerResponse) => Promise<void>
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

/** Allows only scripts of this server, and no eval. Templates need inline style attributes. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Serves the phone's page, the mini program in it, stored files, and the calls of the phone. */
export function phoneHandler(options: PhoneHandlerOptions): Handler {
  const { services } = options
  return async (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
    const { pathname } = new URL(request.url ?? '/', 'http://phone')
    try {
      if (pathname.startsWith('/api/')) {
        const reply = await replyToCall(services, pathname.slice('/api/'.length), request)
        return send(response, '.json', JSON.stringify(reply))
      }
      if (request.method !== 'GET') throw new BadRequestError(405, 'Only GET is answered here')
      if (pathname === '/events') return await options.events(response)
      if (pathname.startsWith('/storage/')) {
        const fileID = decodeName(pathname.slice('/storage/'.length))
        const file = services.cloud.storage.fileOf(fileID)
        if (!file) throw new BadRequestError(404, `There is no stored file ${fileID}`)
        return send(response, path.extname(file), await readFile(file))
      }
      const content = await findFile(options, pathname)
      if (content === undefined) throw new BadRequestError(404, `There is no ${pathname}`)
      return send(response, pathname === '/' ? '.html' : path.extname(pathname), content)
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error
      response.writeHead(error.status, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(`${error.message}\n`)
    }
  }
}

/** Returns a file. Before the first good build, the mini program's script and style are empty. */
async function findFile({ runtime, built }: PhoneHandlerOptions, pathname: string) {
  const { html, js, css } = await runtime()
  const { build, files } = await built()
  if (pathname === '/') return html.replace('data-build=""', `data-build="${build}"`)
  if (pathname === '/phone.js') return js
  if (pathname === '/phone.css') return css
  if (pathname === '/miniprogram.js' || pathname === '/miniprogram.css') {
    return files.get(pathname) ?? ''
  }
  return files.get(decodeName(pathname))
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    throw new BadRequestError(400, 'The address is not well encoded')
  }
}

function send(response: ServerResponse, extension: string, content: Uint8Array | string): void {
  const type = extension === '.json' ? 'application/json' : TYPES[extension.toLowerCase()]
  response.writeHead(200, { 'content-type': type ?? 'application/octet-stream' })
  response.end(content)
}
