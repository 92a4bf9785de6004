/**
 * A real Chromium for tests, from npm alone: `@sparticuz/chromium` carries the browser, the shared libraries and
 * a font that a bare machine lacks; `playwright-core` drives it. Nothing is asked of the system's package manager.
 */
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const PACKAGE = "@sparticuz/chromium";
const ARCHIVES = ["chromium.br", "al2023.tar.br", "fonts.tar.br"];

/**
 * No sandbox, because tests run as root in containers; nothing in the background, because the browser's own
 * errands (updates, field trials) would fail, slowly, on a machine without network.
 */
const FLAGS = [
  "--no-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--disable-sync",
  "--disable-background-networking",
  "--disable-component-update",
  "--font-render-hinting=none",
];

/**
 * Starts a browser of the caller's own, with a new empty profile. Close it when done. The first call on a machine
 * unpacks the browser (some seconds, 200 MB) into `node_modules/.cache`.
 *
 * `CHROMIUM_PATH` names another Chromium to use, the only way on a system that the package has no binary for.
 *
 * @param flags of Chromium's command line, beside those that every caller needs
 * @throws {Error} when there is no browser for this system.
 */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  const args = [...FLAGS, ...flags];
  const own = process.env["CHROMIUM_PATH"];
  if (own) return chromium.launch({ executablePath: own, args });
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `${PACKAGE} has a browser for linux-x64 only, and this is ${process.platform}-${process.arch}: set CHROMIUM_PATH to a Chromium or Chrome of yours.`,
    );
  }
  const home = await unpacked();
  return chromium.launch({
    executablePath: join(home, "chromium"),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, "al2023", "lib"),
      FONTCONFIG_FILE: join(home, "fonts.conf"),
    },
  });
}

/** The folder of the unpacked browser. */
async function unpacked(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(PACKAGE);
  const root = join(dirname(entry), "..");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const cache = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));
  const home = join(cache, `chromium-${version}`);
  if (await exists(home)) return home;

  // Test files run in parallel, and each may be the first: each unpacks into a new folder, and the
  // first to finish gives its folder the name that all look for. A rename is atomic; no file sees half a browser.
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, "chromium-"));
  try {
    const script = `import { inflate } from ${JSON.stringify(entry)}; await Promise.all(process.argv.slice(1).map(inflate));`;
    // `inflate` writes into the temporary folder of its process: a new process leaves ours as it is.
    await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", script, ...ARCHIVES.map((archive) => join(root, "bin", archive))],
      { env: { ...process.env, TMPDIR: staging } },
    );
    await writeFile(join(staging, "fonts.conf"), FONTS);
    await rename(staging, home);
  } catch (error) {
    if (!(await exists(home))) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return home;
}

/** The package's own font configuration names folders of the machine that it was made for. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
