using Callback.Web.Settings;
using Npgsql;

namespace Callback.Web.Hosting;

/// <summary>The checks that the slices registered, run without a database.</summary>
internal static class ConfigChecks
{
    public static IReadOnlyList<ConfigFinding> Run(CallbackSettings settings, Surroundings surroundings)
    {
        // The slices are composed as always; a check reads files and opens nothing, so the source leads nowhere.
        using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1");
        var ground = new Ground(settings, surroundings, nowhere, Database.PersonalData.Keyring.Create(), TimeProvider.System);
        using var services = new ServiceCollection().AddLogging().AddCallback(ground).BuildServiceProvider();
        return [.. services.GetServices<IConfigCheck>().SelectMany(check => check.Check(surroundings.ConfigFolder)).OrderBy(finding => finding.File, StringComparer.Ordinal)];
    }

    /// <exception cref="RefusalException">A file is wrong; all errors, one a line.</exception>
    public static void Demand(IEnumerable<IConfigCheck> checks, string configFolder)
    {
        var errors = checks.Where(check => check.BeforeStart).SelectMany(check => check.Check(configFolder)).Where(finding => finding.Kind == ConfigFindingKind.Error).ToList();
        if (errors.Count > 0)
            throw new RefusalException(string.Join(Environment.NewLine, errors.Select(error => $"{error.File}{(error.Place is null ? "" : $" {error.Place}")}: {error.Message}")));
    }
}
