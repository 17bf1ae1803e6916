package uk.usbguard.e2e;

import java.nio.file.*;
import uk.usbguard.core.media.*;

class VerdictIT {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int wrong = 0, n = 0;
    long most = 0;
    String which = "";
    for (String line : Files.readAllLines(folder.resolve("manifest.tsv"))) {
      String[] f = line.split("\t");
      if (args.length > 1 && !f[0].startsWith(args[1])) continue;
      try (Medium m = FileMedium.open(folder.resolve(f[0] + ".img"))) {
        MediumReport r = MediaScan.scan(m, false);
        n++;
        if (r.bytesRead() > most) {
          most = r.bytesRead();
          which = f[0];
        }
        if (!r.verdict().name().equals(f[1]) || args.length > 1) {
          wrong++;
          System.out.println(
              f[0]
                  + " expected "
                  + f[1]
                  + " was "
                  + r.verdict()
                  + " "
                  + r.reasons()
                  + " read "
                  + r.bytesRead());
          for (ExtentFinding x : r.extents()) System.out.println("    " + x);
        }
      }
    }
    System.out.println(n + " media, wrong " + wrong + " most " + most + " " + which);
  }
}
