using System.CommandLine;

namespace Callback.Web.Verbs;

/// <summary>The command line. Exit codes: 0 done, 1 failed or a fault was found, 2 wrong use.</summary>
internal static class VerbList
{
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        var code = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
        return parsed.Errors.Count > 0 ? VerbContext.WrongUse : code;
    }

    internal static RootCommand Root()
    {
        var root = new RootCommand("Callback: calls customers of online shops back, inside the allowed hours, once.")
        {
            ServeVerb.Create(),
            MigrateVerb.Create(),
            ImportVerb.Create(),
            CheckConfigVerb.Create(),
            KeyringVerb.Create(),
            ExportVerb.Create(),
            PlanVerb.Create(),
            ExplainVerb.Create(),
            VerifyVerb.Create(),
            BackupVerb.Create(),
            RestoreVerb.Create(),
            AdoptVerb.Create(),
            CampaignVerb.Create(),
            ShopVerb.Create(),
            LineVerb.Create(),
            UserVerb.Create(),
            KeyVerb.Create(),
        };
        foreach (var option in GlobalOptions.All)
            root.Options.Add(option);
        return root;
    }
}
