using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Callback.Database.Embedded;
using Callback.Database.PersonalData;

namespace Callback.Database.Recovery;

/// <param name="Target">The folder to make; must not exist. Its parent must, so that a disk that is not mounted is noticed.</param>
/// <param name="Keyring">Seals the manifest; is not written.</param>
/// <param name="Program">The version that makes it.</param>
/// <param name="Progress">Told how many percent are copied.</param>
public sealed record BackupOrder(string Target, Keyring Keyring, string Program, Action<int> Progress);

/// <summary>
/// Copies the running cluster: <c>pg_basebackup</c> with the log that belongs to it, <c>pg_verifybackup</c>, manifest. Under another name until it is whole; calls go on meanwhile.
/// </summary>
internal sealed partial class ClusterBackup(ClusterLayout layout, PostgresBinaries binaries, string socketFolder)
{
    private const string FactsSql = """
        select
            business_clock() as at,
            (pg_control_system()).system_identifier as system_identifier,
            (select max(name) from migrations) as schema,
            (select string_agg(spcname, ', ') from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as elsewhere
        """;

    private sealed record Facts(DateTimeOffset At, long SystemIdentifier, string Schema, string? Elsewhere);

    public async Task<BackupManifest> RunAsync(BackupOrder order, CancellationToken ct)
    {
        DemandRoom(order.Target);
        var unfinished = new BackupFolder($"{order.Target}.unfinished-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        try
        {
            Directory.CreateDirectory(unfinished.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var before = await FactsAsync(ct);
            if (before.Elsewhere is { } spaces)
                throw new RefusalException($"The tablespaces {spaces} lie outside the cluster; 'callback backup' copies the cluster only. Use pg_basebackup with --tablespace-mapping.");
            await CopyAsync(unfinished, order, ct);
            await VerifyAsync(unfinished, binaries, ct);
            var manifest = Describe(unfinished, order, before, (await FactsAsync(ct)).At);
            unfinished.Write(manifest, order.Keyring);
            ct.ThrowIfCancellationRequested();
            Directory.Move(unfinished.Folder, order.Target);
            return manifest;
        }
        catch (Exception e)
        {
            Clear(unfinished.Folder);
            if (e is IOException io)
                throw new RefusalException(Faults.Sentence($"The backup could not be written to {order.Target}", io.Message, order.Target), io);
            throw;
        }
    }

    /// <exception cref="RefusalException">A file is missing, was changed, or is one too many.</exception>
    public static async Task VerifyAsync(BackupFolder backup, PostgresBinaries binaries, CancellationToken ct)
    {
        var answer = await Programs.RunAsync([binaries.PgVerifyBackup, "--exit-on-error", "--quiet", backup.Database], ct);
        if (!answer.Done)
            throw backup.Damaged(Faults.Reason($"{answer.Error}\n{answer.Output}"));
    }

    private async Task CopyAsync(BackupFolder backup, BackupOrder order, CancellationToken ct)
    {
        if (!File.Exists(binaries.PgBaseBackup) || !File.Exists(binaries.PgVerifyBackup))
            throw new RefusalException($"{binaries.Folder} has no pg_basebackup and pg_verifybackup: install them with 'sudo apt-get install -y postgresql-{binaries.Major} postgresql-client-{binaries.Major}'.");
        var answer = await Programs.RunAsync(
            [
                binaries.PgBaseBackup, $"--pgdata={backup.Database}", "--format=plain", "--wal-method=stream", "--checkpoint=fast", "--manifest-checksums=SHA256", "--progress",
                $"--host={socketFolder}", $"--port={SocketFolder.Port}", "--username=postgres", "--no-password", "--label=callback",
            ],
            ct,
            new Dictionary<string, string> { ["PGPASSWORD"] = await File.ReadAllTextAsync(layout.SuperuserPassword, ct) },
            line => Tell(line, order.Progress));
        if (!answer.Done)
            throw new RefusalException(Faults.Sentence($"The backup could not be written to {order.Target}", answer.Error, order.Target));
    }

    private BackupManifest Describe(BackupFolder backup, BackupOrder order, Facts before, DateTimeOffset doneAt)
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(backup.List));
        var log = list.RootElement.GetProperty("WAL-Ranges").EnumerateArray().Last();
        var files = list.RootElement.GetProperty("Files");
        return new(
            BackupFolder.CurrentForm,
            order.Program,
            binaries.Major,
            before.Schema,
            before.SystemIdentifier,
            log.GetProperty("Timeline").GetInt32(),
            log.GetProperty("Start-LSN").GetString()!,
            log.GetProperty("End-LSN").GetString()!,
            before.At,
            doneAt,
            Convert.ToHexStringLower(order.Keyring.Mark),
            [.. order.Keyring.Encryption.Keys.Order(StringComparer.Ordinal)],
            files.GetArrayLength(),
            files.EnumerateArray().Sum(file => file.GetProperty("Size").GetInt64()),
            backup.ListHash());
    }

    private async Task<Facts> FactsAsync(CancellationToken ct)
    {
        await using var source = DapperSetup.OpenSource(await ClusterRoles.SuperuserAsync(layout, socketFolder, "callback", ct), 1);
        await using var session = await new Db(source).BeginAsync(ShopScope.All, ct);
        return await session.QuerySingleAsync<Facts>(FactsSql, null, ct);
    }

    private static void DemandRoom(string target)
    {
        if (Path.Exists(target))
            throw new RefusalException($"{target} exists already. A backup never writes over anything: name a new folder.");
        var parent = Path.GetDirectoryName(target);
        if (!Directory.Exists(parent))
            throw new RefusalException($"There is no folder {parent}. Make it first; perhaps its disk is not mounted.");
    }

    private static void Clear(string folder)
    {
        for (var tries = 0; Directory.Exists(folder); tries++)
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries < 5)
            {
                // The copying program was killed a moment ago and wrote one more file.
            }
    }

    private static void Tell(string line, Action<int> progress)
    {
        if (Percent().Match(line) is { Success: true } match)
            progress(Math.Min(100, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"\((\d+)%\)")]
    private static partial Regex Percent();
}
