import { existsSync } from 'node:fs'
import path from 'node:path'

/** The machine on which a browser is searched; tests describe other machines. */
export interface Machine {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  exists(file: string): boolean
}

/** What commands print when `findBrowser` finds no browser. */
export const browserAdvice =
  'No browser was found: install Chrome, Chromium or Edge, or set CHROME_PATH to the program file of one.'

const thisMachine: Machine = { platform: process.platform, env: process.env, exists: existsSync }

/**
 * Finds the program file of a browser that Playwright's `chromium` can drive: CHROME_PATH when it is
 * set (and then nothing else, so that a wrong one is noticed), else an installed Chrome, Chromium or
 * Edge, in this order.
 */
export function findBrowser(machine: Machine = thisMachine): string | undefined {
  const chosen = machine.env.CHROME_PATH
  const candidates = chosen ? [chosen] : usualPlaces(machine)
  return candidates.find((file) => machine.exists(file))
}

function usualPlaces({ platform, env }: Machine): string[] {
  if (platform === 'win32') return windowsPlaces(env)
  if (platform === 'darwin') return macPlaces(env)
  return linuxPlaces(env)
}

function windowsPlaces(env: Machine['env']): string[] {
  const programs = ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge']
  const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(isSet)
  return programs.flatMap((program) => {
    const file = program.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe'
    return folders.map((folder) => path.win32.join(folder, program, 'Application', file))
  })
}

function macPlaces(env: Machine['env']): string[] {
  const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge']
  const folders = ['/', env.HOME].filter(isSet)
  return programs.flatMap((program) =>
    folders.map((folder) =>
      path.posix.join(folder, 'Applications', `${program}.app`, 'Contents', 'MacOS', program),
    ),
  )
}

function linuxPlaces(env: Machine['env']): string[] {
  const programs = [
    'google-chrome',
    'google-chrome-stable',
    'chromium',
    'chromium-browser',
    'microsoft-edge',
    'microsoft-edge-stable',
  ]
  const folders = (env.PATH ?? '').split(':').filter(isSet)
  return programs.flatMap((program) => folders.map((folder) => path.posix.join(folder, program)))
}

function isSet(folder: string | undefined): folder is string {
  return Boolean(folder)
}
