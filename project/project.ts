import { statSync } from 'node:fs'
import path from 'node:path'
import { projectError } from './diagnostic'
import { readJson } from './read-json'

/** A CloudBase mini program on this machine. All paths are absolute. */
export interface Project {
  /** the folder with project.config.json */
  root: string
  /** the folder with app.json */
  miniprogramRoot: string
  /** the folder with one folder per cloud function */
  cloudfunctionRoot: string
}

/** The settings of project.config.json that are used (developers.weixin.qq.com, 项目配置文件). */
interface ProjectConfig {
  miniprogramRoot?: string
  cloudfunctionRoot?: string
}

const CONFIG = 'project.config.json'

/**
 * Opens the mini program in a folder.
 * @throws ProjectError if project.config.json is missing, is not JSON, or names a folder that does
 * not exist
 */
export function openProject(folder: string): Project {
  const root = path.resolve(folder)
  const config = readJson<ProjectConfig>(root, CONFIG)
  const folderAt = (key: keyof ProjectConfig, fallback: string) => {
    const relative = config[key] ?? fallback
    const absolute = path.resolve(root, relative)
    if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return absolute
    throw projectError(CONFIG, `${key}: there is no folder ${relative}`, 'correct the path')
  }
  return {
    root,
    miniprogramRoot: folderAt('miniprogramRoot', ''),
    cloudfunctionRoot: folderAt('cloudfunctionRoot', 'cloudfunctions'),
  }
}
