namespace Callback.Tests.CallScripts;

/// <summary>The configuration as shipped.</summary>
internal static class Config
{
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("There is no repository above the tests.")
        : File.Exists(Path.Combine(folder.FullName, "Callback.sln")) ? Path.Combine(folder.FullName, "config")
        : Find(folder.Parent);
}
