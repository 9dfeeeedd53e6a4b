// What live/training's Transformer says and learns of one batch: node model.mjs IN OUT, both
// safetensors files. IN has the weights of a reciter and `source`, `given`, `wanted`; OUT gets
// logits, attention weights and gradients.

import { readFileSync, writeFileSync } from 'node:fs'
import { init, numpy as np, tree, valueAndGrad } from '@jax-js/jax'
import { read, write } from '../../live/safetensors.js'
import { crossEntropy } from '../../live/training/layers.js'
import { Transformer } from '../../live/training/model.js'

await init('wasm')
const file = readFileSync(process.argv[2])
const { tensors, metadata } = read(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength))
const sizes = JSON.parse(metadata.sizes)
const [source, given, wanted] = ['source', 'given', 'wanted'].map(name => {
  const { data, shape } = tensors.get(name)
  tensors.delete(name)
  return np.array(Int32Array.from(data)).reshape(shape)
})
const weights = Object.fromEntries([...tensors].map(([name, { data, shape }]) => [name, np.array(data).reshape(shape)]))

const found = new Map()
const keep = async (name, array) => {
  const { shape } = array
  found.set(name, { shape, data: await array.data() })
}
const watched = []
const logits = new Transformer(weights, sizes, true, (name, seen) => watched.push([name, seen])).forward([source.ref], given.ref)
await keep('logits', logits)
for (const [name, seen] of watched) await keep(`attention/${name}`, seen)

const [, gradients] = valueAndGrad(weights =>
  crossEntropy(new Transformer(weights, sizes).forward([source.ref], given.ref), wanted.ref))(tree.ref(weights))
for (const [name, gradient] of Object.entries(gradients)) await keep(`gradient/${name}`, gradient)
writeFileSync(process.argv[3], new Uint8Array(await write({ tensors: found, metadata: {} }).arrayBuffer()))
