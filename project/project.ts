import path from 'node:path'
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

/** The parts of project.config.json that are used (developers.weixin.qq.com, 项目配置文件). */
interface ProjectConfig {
  miniprogramRoot?: string
  cloudfunctionRoot?: string
}

/**
 * Opens the mini program in a folder.
 * @throws ProjectError when project.config.json is missing or is not JSON
 */
export function openProject(folder: string): Project {
  const root = path.resolve(folder)
  const config = readJson<ProjectConfig>(root, 'project.config.json')
  return {
    root,
    miniprogramRoot: path.resolve(root, config.miniprogramRoot ?? ''),
    cloudfunctionRoot: path.resolve(root, config.cloudfunctionRoot ?? 'cloudfunctions'),
  }
}
