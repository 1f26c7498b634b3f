using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Callback.Benchmarks;

/// <summary>Runs PostgreSQL's own load generator: the limit that the product is held against.</summary>
internal sealed partial class PgBench(string connectionString)
{
    /// <returns>Transactions a second, connections made beforehand.</returns>
    public async Task<double> RateAsync(string script, int clients, int seconds)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script);
            var start = new ProcessStartInfo(Find(), ["-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-T", $"{seconds}", "-f", file,
                "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, server.Database!])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["PGPASSWORD"] = server.Password ?? "";
            start.Environment["PGOPTIONS"] = "-c app.shops=*";
            using var run = Process.Start(start)!;
            var errors = run.StandardError.ReadToEndAsync();
            var output = await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            return Tps().Match(output) is { Success: true } match && run.ExitCode == 0
                ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"pgbench failed: {await errors}{output}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Find() => new[] { "/usr/lib/postgresql" }.Where(Directory.Exists)
        .SelectMany(root => Directory.GetDirectories(root).OrderDescending())
        .Select(version => Path.Combine(version, "bin", "pgbench"))
        .FirstOrDefault(File.Exists) ?? "pgbench";

    [GeneratedRegex(@"tps = ([0-9.]+) \(without initial")]
    private static partial Regex Tps();
}
