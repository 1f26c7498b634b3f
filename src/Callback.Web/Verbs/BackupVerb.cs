using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Callback.Database.PersonalData;
using Callback.Database.Recovery;
using Callback.Web.Hosting;

namespace Callback.Web.Verbs;

/// <summary><c>callback backup FOLDER</c>: copies the program's own database while calls go on, and checks the copy. The keys of personal data go elsewhere.</summary>
internal static class BackupVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder to make; must not exist yet. Its parent must." };
        var keys = new Option<string?>("--keys") { Description = "Also copy the keys of personal data into this file, which must not lie in FOLDER: keep it in another place than the backups." };
        var command = new Command("backup", "Copy the program's own database, running or not, into a folder, and check the copy.") { folder, keys };
        command.SetAction((parsed, ct) => Edge.GuardAsync(parsed, async () =>
        {
            var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            var copy = parsed.GetValue(keys) is { } path ? new KeyringCopy(Path.GetFullPath(path), target) : null;
            OwnDatabaseOnly.Demand(Edge.Start(parsed), "pg_basebackup or your own backup tool");
            await using var site = await Site.OpenAsync(Edge.Start(parsed), ct);
            copy?.Write(site.Ground.Keyring);
            var made = await site.Embedded!.BackUpAsync(new(target, site.Ground.Keyring, ProgramVersion, Percent(parsed)), ct);
            await using var services = new ServiceCollection().AddLogging().AddCallback(site.Ground).BuildServiceProvider();
            var verb = new VerbContext(parsed, services);
            await verb.Service<RecordBackup>().RunAsync(verb.Actor, target, made, ct);
            verb.Answer(new { folder = target, made.At, made.Bytes, made.Files, made.Schema, made.Timeline, made.EndLsn, keys = copy?.File }, Text(target, made, copy, site.Ground.Surroundings.DataFolder));
            return VerbContext.Done;
        }));
        return command;
    }

    private static string ProgramVersion { get; } =
        typeof(BackupVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    internal static string Text(string target, BackupManifest made, KeyringCopy? copy, string data) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {target}: {made.Files} files, {made.Bytes / 1048576.0:0.0} MiB, checked. Everything up to {made.At:yyyy-MM-dd HH:mm:ss}Z is in it (PostgreSQL {made.Postgres}, {made.Schema}).
        {(copy is null
            ? $"The keys of personal data are not in it: without {Path.Combine(data, "keyring.json")} no number in it can be read. Keep a copy in another place than the backups (--keys FILE makes one)."
            : $"The keys of personal data are in {copy.File}: keep that file in another place than the backups.")}
        """);

    private static Action<int> Percent(ParseResult parsed)
    {
        var told = -1;
        return percent =>
        {
            if (percent / 10 == told)
                return;
            told = percent / 10;
            parsed.InvocationConfiguration.Error.WriteLine($"{percent} % copied");
        };
    }
}
