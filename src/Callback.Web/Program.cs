using Callback.Web.Verbs;

return await VerbList.RunAsync(args);
