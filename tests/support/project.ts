import path from 'node:path'
import { openProject } from '../../project/project'

/** This very project. */
export const project = openProject(path.resolve(__dirname, '..', '..'))
