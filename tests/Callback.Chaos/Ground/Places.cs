using System.Net;
using System.Net.Sockets;

namespace Callback.Chaos.Ground;

/// <summary>Where things are: the repository, the built programs, PostgreSQL, free ports.</summary>
internal static class Places
{
    private static readonly HashSet<int> Given = [];

    public static string Root { get; } = FindRoot();

    /// <summary>The test build of the program; CALLBACK_CHAOS_PROGRAM names another one.</summary>
    public static string Program => Environment.GetEnvironmentVariable("CALLBACK_CHAOS_PROGRAM") ?? Path.Combine(Root, "src", "Callback.Web", "bin", "Chaos", "net10.0", "callback");

    public static string FakeTwilio => Path.Combine(Root, "tests", "FakeTwilio", "bin", "Debug", "net10.0", "FakeTwilio");

    /// <summary>The folder of initdb and postgres, the newest.</summary>
    public static string Postgres { get; } = new[] { "/usr/lib/postgresql" }.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
        .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
        .Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        ?? throw new InvalidOperationException("PostgreSQL is not installed: scripts/chaos installs it.");

    /// <summary>A port nobody listens on; no port is given twice.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            lock (Given)
                if (Given.Add(port))
                    return port;
        }
    }

    private static string FindRoot()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Callback.sln")))
                return here.FullName;
        }
        throw new DirectoryNotFoundException("The harness does not run below the repository.");
    }
}
