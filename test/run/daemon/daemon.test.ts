/** The daemon on machines that are none, in virtual time. */
import { describe, expect, test } from "vitest";
import { one } from "../../simulate/play.ts";
import { groundWith, World } from "./fakes.ts";

describe("a pair", () => {
  test("the higher priority becomes master; the other one when it is stopped", async () => {
    const world = new World();
    const [a, b] = [
      world.machine("a", groundWith("10.0.0.1/24")),
      world.machine("b", groundWith("10.0.0.2/24")),
    ];
    const [first, other] = [a.daemon(one(150)), b.daemon(one(100))];
    await Promise.all([first.start(), other.start()]);
    await world.until(10);
    expect(a.moves).toEqual(["3.414 add 10.0.0.100"]);
    expect(b.moves).toEqual([]);
    const stopped = first.stop();
    await world.until(20);
    await stopped;
    expect(a.moves.at(-1)).toBe("10.000 remove 10.0.0.100");
    expect(b.moves).toEqual(["10.609 add 10.0.0.100"]);
    expect([...a.sins, ...b.sins]).toEqual([]);
    expect(a.held.size).toBe(0);
    expect(a.openSockets).toBe(0);
    expect(a.dismissed).toBe(true);
    expect(a.logged).toEqual([
      "0.000 info VI_1: becomes BACKUP: started",
      "3.414 info VI_1: becomes MASTER: heard nobody for 3.414 s",
      "10.000 info VI_1: stops: stopped",
    ]);
  });
});
