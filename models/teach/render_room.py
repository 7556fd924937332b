"""
Runs inside Blender: `blender -b -P render_room.py -- SEED COUNT FOLDER BODIES`. Renders pictures of one room with their truth.

This is the only file that knows Blender; what a scene holds comes from `scenes/`, which does not. A room that is in FOLDER is whole:
it is written aside and renamed at the end.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scenes.body import read_bodies  # noqa: E402
from scenes.room import furnished  # noqa: E402
from scenes.shape import Material, Mesh  # noqa: E402
from scenes.situation import Situation, happening  # noqa: E402
from scenes.truth import truth_of  # noqa: E402
from scenes.view import Camera, Lamp, lit, seen_from  # noqa: E402

SAMPLES = 6
VIEWS = 2
"""Pictures of each situation, each with its own camera and lamp."""


def main() -> None:
    """Renders COUNT pictures of the room of SEED."""
    seed, count, folder, bodies_at = sys.argv[sys.argv.index("--") + 1 :]
    name = f"room-{int(seed):03d}"
    done = Path(folder) / name
    if done.exists():
        return
    part = Path(folder) / f"{name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    random = np.random.default_rng([17, int(seed)])
    people = np.random.default_rng([29, int(seed)])
    set_up()
    bodies = read_bodies(bodies_at)
    room = furnished(random)
    width, height = [(416, 234), (400, 300)][int(random.integers(2))]
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = width, height
    standing = [add(mesh) for mesh in room.meshes]
    with (part / "truth.jsonl").open("w") as file:
        for number in range(int(count)):
            if number % VIEWS == 0:
                situation = happening(room, bodies, random, people)
                moving = [add(mesh) for mesh in situation.meshes]
            aim = situation.people[0].joints["hips"] if situation.people else None
            owners = {one.name: one["owner"] for one in moving}
            for _ in range(8):
                camera = seen_from(random, room.size, aim, width, height)
                truths = truth_of(situation, camera, lambda at, to: hit(owners, at, to))
                if unblocked(camera) and (truths or not situation.people):
                    break
            light, ambient, lamps = lit(random, room.size, camera)
            shot = shoot(camera, ambient, lamps, part / f"{number:03d}.jpg")
            truth = {"file": f"{name}/{number:03d}.jpg", "room": int(seed), "light": light, "width": width, "height": height, "people": truths}
            file.write(json.dumps(truth) + "\n")
            for one in shot:
                bpy.data.objects.remove(one)
            if number % VIEWS == VIEWS - 1:
                for one in moving:
                    bpy.data.meshes.remove(one.data)
                for look in [m for m in bpy.data.materials if m.users == 0]:
                    bpy.data.materials.remove(look)
    del standing
    part.rename(done)


def set_up() -> None:
    """An empty scene, traced with direct light only; what is scattered in a room is in the surfaces (`ambient_light`), without noise."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_denoising, cycles.use_adaptive_sampling = "CPU", SAMPLES, False, False
    cycles.max_bounces = 0
    scene.render.use_persistent_data = True
    scene.view_settings.view_transform = "Standard"
    scene.render.image_settings.file_format, scene.render.image_settings.quality = "JPEG", 95
    scene.world = bpy.data.worlds.new("dark")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.0


def add(mesh: Mesh) -> bpy.types.Object:
    """A mesh of ours as an object of the scene."""
    data = bpy.data.meshes.new(mesh.owner)
    data.from_pydata(mesh.vertices.tolist(), [], mesh.faces.tolist())
    if mesh.smooth:
        data.polygons.foreach_set("use_smooth", np.ones(len(mesh.faces), bool))
    data.materials.append(painted(mesh.material))
    one = bpy.data.objects.new(mesh.owner, data)
    one["owner"] = mesh.owner
    bpy.context.scene.collection.objects.link(one)
    return one


def painted(look: Material) -> bpy.types.Material:
    """A material of shader nodes for a surface of ours."""
    made = bpy.data.materials.new("look")
    made.use_nodes = True
    nodes, links = made.node_tree.nodes, made.node_tree.links
    nodes.clear()
    out = nodes.new("ShaderNodeOutputMaterial")
    made.cycles.sample_as_light = False
    first, second = (*look.first, 1.0), (*look.second, 1.0)
    glow, shader, both = nodes.new("ShaderNodeEmission"), nodes.new("ShaderNodeBsdfDiffuse"), nodes.new("ShaderNodeAddShader")
    links.new(glow.outputs[0], both.inputs[0])
    links.new(shader.outputs[0], both.inputs[1])
    links.new(both.outputs[0], out.inputs["Surface"])
    ambient = nodes.new("ShaderNodeGroup")
    ambient.node_tree = ambient_light()
    links.new(ambient.outputs[0], glow.inputs["Strength"])
    if look.light:
        links.remove(glow.inputs["Strength"].links[0])
        glow.inputs["Strength"].default_value = look.light
    paint = nodes.new("NodeReroute")
    links.new(paint.outputs[0], glow.inputs["Color"])
    links.new(paint.outputs[0], shader.inputs["Color"])
    colour = paint.inputs[0]
    if look.pattern == "plain":
        plain = nodes.new("ShaderNodeRGB")
        plain.outputs[0].default_value = first
        links.new(plain.outputs[0], colour)
        return made
    place = nodes.new("ShaderNodeTexCoord").outputs["Object"]
    kinds = {"stripes": "Wave", "hair": "Wave", "wood": "Wave", "planks": "Brick", "tiles": "Brick", "checks": "Checker", "weave": "Magic", "blotches": "Noise", "dots": "Voronoi"}
    texture = nodes.new(f"ShaderNodeTex{kinds[look.pattern]}")
    links.new(place, texture.inputs["Vector"])
    texture.inputs["Scale"].default_value = look.scale
    if look.pattern == "wood":
        texture.inputs["Distortion"].default_value = 8
        texture.inputs["Detail"].default_value = 3
    if look.pattern in ("planks", "tiles", "checks"):
        texture.inputs["Color1"].default_value, texture.inputs["Color2"].default_value = first, second
        if look.pattern != "checks":
            texture.inputs["Mortar"].default_value = tuple(0.5 * one for one in look.second) + (1.0,)
            texture.inputs["Row Height"].default_value = 0.25 if look.pattern == "tiles" else 0.12
        links.new(texture.outputs["Color"], colour)
        return made
    ramp = nodes.new("ShaderNodeMixRGB")
    ramp.inputs["Color1"].default_value, ramp.inputs["Color2"].default_value = first, second
    value = texture.outputs["Distance" if look.pattern == "dots" else "Fac"]
    if look.pattern in ("blotches", "dots", "stripes"):
        sharp = nodes.new("ShaderNodeMath")
        sharp.operation, sharp.use_clamp = "MULTIPLY_ADD", True
        sharp.inputs[1].default_value, sharp.inputs[2].default_value = 6.0, -2.5
        links.new(value, sharp.inputs[0])
        value = sharp.outputs[0]
    links.new(value, ramp.inputs["Fac"])
    links.new(ramp.outputs[0], colour)
    return made


def ambient_light() -> bpy.types.NodeTree:
    """One group of nodes that all materials share: the scattered light, most of it from above."""
    there = bpy.data.node_groups.get("ambient")
    if there:
        return there
    group = bpy.data.node_groups.new("ambient", "ShaderNodeTree")
    group.outputs.new("NodeSocketFloat", "strength")
    nodes, links = group.nodes, group.links
    level = nodes.new("ShaderNodeValue")
    level.name = "level"
    split = nodes.new("ShaderNodeSeparateXYZ")
    links.new(nodes.new("ShaderNodeNewGeometry").outputs["Normal"], split.inputs[0])
    above = nodes.new("ShaderNodeMath")
    above.operation = "MULTIPLY_ADD"
    above.inputs[1].default_value, above.inputs[2].default_value = 0.35, 0.65
    links.new(split.outputs["Z"], above.inputs[0])
    out = nodes.new("ShaderNodeMath")
    out.operation = "MULTIPLY"
    links.new(above.outputs[0], out.inputs[0])
    links.new(level.outputs[0], out.inputs[1])
    links.new(out.outputs[0], nodes.new("NodeGroupOutput").inputs[0])
    return group


def unblocked(camera: Camera) -> bool:
    """Whether nothing stands right before the camera."""
    near = 0
    for x in np.linspace(-0.8, 0.8, 6):
        for y in np.linspace(-0.8, 0.8, 4):
            wide = np.tan(camera.angle / 2)
            _, far = hit({}, camera.at, camera.at + camera.turn @ np.array([x * wide, y * wide * camera.height / camera.width, -1.0]))
            near += far < 0.7
    return near <= 4


def shoot(camera: Camera, ambient: float, lamps: list[Lamp], path: Path) -> list[bpy.types.Object]:
    """Renders one picture and gives back the camera and the lamps that were added for it."""
    scene = bpy.context.scene
    ambient_light().nodes["level"].outputs[0].default_value = ambient
    eye = bpy.data.objects.new("eye", bpy.data.cameras.new("eye"))
    eye.data.sensor_fit, eye.data.angle, eye.data.clip_start = "HORIZONTAL", camera.angle, 0.02
    placed = np.eye(4)
    placed[:3, :3], placed[:3, 3] = camera.turn, camera.at
    eye.matrix_world = Matrix(placed.tolist())
    scene.collection.objects.link(eye)
    scene.camera = eye
    added = [eye]
    for lamp in lamps:
        light = bpy.data.lights.new("lamp", "POINT")
        light.energy, light.shadow_soft_size = lamp.watts, lamp.radius
        one = bpy.data.objects.new("lamp", light)
        one.location = Vector(lamp.at.tolist())
        scene.collection.objects.link(one)
        added.append(one)
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    return added


def hit(owners: dict[str, str], at: np.ndarray, to: np.ndarray) -> tuple[str, float]:
    """Whose surface the straight line from one point towards another meets first, and how far from the start (metres)."""
    graph = bpy.context.evaluated_depsgraph_get()
    direction = Vector((to - at).tolist())
    met, place, _, _, one, _ = bpy.context.scene.ray_cast(graph, Vector(at.tolist()), direction.normalized())
    if not met:
        return "", float("inf")
    return owners.get(one.name, "room"), float((Vector(at.tolist()) - place).length)


main()
