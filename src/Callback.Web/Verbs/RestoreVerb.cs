using System.CommandLine;
using System.Globalization;
using Callback.Database.PersonalData;
using Callback.Database.Recovery;
using Callback.Web.Hosting;

namespace Callback.Web.Verbs;

/// <summary><c>callback restore FOLDER --data ELSEWHERE</c>: makes a database of a backup. It dials nobody until <c>callback adopt</c>.</summary>
internal static class RestoreVerb
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The backup." };
        var keys = new Option<string?>("--keys") { Description = "The file with its keys of personal data (default: CALLBACK_KEYRING, else keyring.json in the data folder)." };
        var replace = new Option<bool>("--replace") { Description = "Take the place of the database in the data folder, which is set aside there, not deleted. Asks." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("restore", "Make a database of a backup, in the folder of --data. It dials nobody until 'callback adopt'.") { folder, keys, replace, yes };
        command.SetAction((parsed, ct) => Edge.GuardAsync(parsed, async () =>
        {
            var backup = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            var (settings, surroundings) = OwnDatabaseOnly.Demand(Edge.Start(parsed), "pg_ctl with recovery.signal or your own backup tool");
            var data = surroundings.DataFolder;
            if (parsed.GetValue(replace) && !parsed.GetValue(yes))
                DemandYes(parsed, data);
            var environment = Environment.GetEnvironmentVariable("CALLBACK_KEYRING");
            var keyring = KeyringFile.Find(parsed.GetValue(keys) is { } file ? Path.GetFullPath(file) : null, environment, data);
            var order = new RestoreOrder(
                backup, new(data, settings.Database.Binaries), keyring, string.IsNullOrWhiteSpace(environment), parsed.GetValue(replace), TimeProvider.System.GetUtcNow());
            var restored = await RestoreDatabase.RunAsync(order, ct);
            await using var site = await Site.OpenAsync(Edge.Start(parsed), ct);
            await using var services = new ServiceCollection().AddLogging().AddCallback(site.Ground).BuildServiceProvider();
            var verb = new VerbContext(parsed, services);
            await verb.Service<RecordRestore>().RunAsync(verb.Actor, restored, ct);
            verb.Answer(new { data, upTo = restored.Manifest.At, restored.Timeline, restored.SetAside, restored.Lost, adopted = false }, Text(data, restored));
            return VerbContext.Done;
        }));
        return command;
    }

    internal static string Text(string data, RestoredCluster restored)
    {
        var at = restored.Manifest.At.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var lines = new List<string>
        {
            $"{data} holds the database of {at} now, with everything up to then.",
            $"LOST: what was written after {at}: results, payments, opt-outs, imports, changes of users and keys. Bring in again what you have elsewhere; disable again who was disabled since.",
        };
        if (restored.Lost is { } lost)
            lines.Add($"      The old database had at most {lost.Attempts} attempts, {lost.Results} results, {lost.Suppressions} suppressions and {lost.Orders} orders of after that moment.");
        if (restored.SetAside is { } aside)
            lines.Add($"The old database stands in {aside}; delete it yourself when you need it no more.");
        lines.Add("Everybody is signed out.");
        lines.Add(
            $"NOBODY IS CALLED YET: the program refuses to dial, because numbers may have rung that this database does not know. Bring opt-outs and payments up to date, then run 'callback adopt --data {data}': "
            + "it takes over every call the line's provider knows of, and lets dialing go on.");
        return string.Join(Environment.NewLine, lines);
    }

    private static void DemandYes(ParseResult parsed, string data)
    {
        if (Console.IsInputRedirected)
            throw new RefusalException($"--replace sets the database in {data} aside. Say --yes if that is meant.");
        parsed.InvocationConfiguration.Error.Write($"The database in {data} is set aside and the backup takes its place. Type 'yes': ");
        if (Console.In.ReadLine()?.Trim() != "yes")
            throw new RefusalException("Nothing was changed.");
    }
}
